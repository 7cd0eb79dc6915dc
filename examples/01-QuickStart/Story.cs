using System.Diagnostics;
using System.Threading.Channels;
using HassSocket;
using Spectre.Console;

namespace QuickStart;

/// <summary>Writes down what happens, a line each, and waits for what must.</summary>
internal sealed class Story
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly Channel<int> _connected = Channel.CreateUnbounded<int>();
    private readonly Channel<double> _warned = Channel.CreateUnbounded<double>();
    private readonly Lock _lock = new();
    private int _chapter;
    private int _events;
    private int _connections;
    private int _warnings;

    public void Chapter(string title)
    {
        while (_heard.Reader.TryRead(out _)) { }
        lock (_lock) AnsiConsole.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"\n[bold]{++_chapter}. {title}[/]");
    }

    public void Say(string text) => Line("grey", "", text);

    public void Tell(ConnectionStateChange change)
    {
        if (change.Previous == change.Current) return;
        var why = change.Explanation is null ? "" : $": {change.Explanation}";
        Line("blue", "state", $"{change.Current}{why}");
    }

    public void Tell(HassConnection connection)
    {
        _connections++;
        var gap = connection.GapReason == EndReason.None ? "" : $", after {connection.GapLength.TotalSeconds:0.0} s without ({connection.GapReason})";
        Line("green", "connect", $"connection {connection.Number}, server {connection.ServerVersion}{gap}");
        _connected.Writer.TryWrite(connection.Number);
    }

    public void Tell(TrafficWarning warning)
    {
        _warnings++;
        var busiest = string.Join(", ", warning.BusiestCommands.Select(pair => $"{pair.Key} x {pair.Value}"));
        Line("yellow", "warning", $"{warning.Rate:0.0} messages a second, threshold {warning.Threshold:0.0}: {busiest}");
        _warned.Writer.TryWrite(warning.Rate);
    }

    public void Tell(HassEvent heard)
    {
        Interlocked.Increment(ref _events);
        var data = heard.Data();
        if (heard.EventType != "state_changed")
        {
            Line("magenta", "event", $"{heard.EventType}: {data.GetProperty("text").GetString()}");
            _heard.Writer.TryWrite(heard.EventType);
            return;
        }

        var entity = data.GetProperty("entity_id").GetString()!;
        Line("magenta", "event", $"{entity}: {StateOf(data, "old_state")} -> {StateOf(data, "new_state")}");
        _heard.Writer.TryWrite(entity);
    }

    public async Task HeardAsync(string what)
    {
        while (await NextAsync(_heard, what) != what) { }
    }

    public async Task ConnectedAgainAsync()
    {
        while (await NextAsync(_connected, "the connection to come back") == 1) { }
    }

    public Task WarnedAsync() => NextAsync(_warned, "a warning of too much traffic");

    public async Task AttemptAsync(string what, Func<Task> attempt)
    {
        try
        {
            await attempt();
            Say($"{what}: done");
        }
        catch (HassSocketException refusal)
        {
            Line("red", "refused", $"{what}: {refusal.GetType().Name}");
        }
    }

    public async Task WatchAsync(Func<CancellationToken, Task> meanwhile)
    {
        Chapter("Watch (Ctrl+C ends)");
        using var end = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            end.Cancel();
        };
        await meanwhile(end.Token);
        await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>The exit code.</returns>
    public int End(string next)
    {
        Chapter("Summary");
        var warnings = _warnings == 1 ? "1 traffic warning" : $"{_warnings} traffic warnings";
        Say($"{_connections} connections, {_events} events heard, {warnings}, in {_clock.Elapsed.TotalSeconds:0.0} s");
        Say(next);
        return 0;
    }

    /// <returns>The exit code.</returns>
    public int Fail(string why)
    {
        Line("red", "failed", why);
        return 1;
    }

    private static async Task<T> NextAsync<T>(Channel<T> channel, string what)
    {
        try
        {
            return await channel.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s in vain for {what}.");
        }
    }

    private static string? StateOf(System.Text.Json.JsonElement data, string which) =>
        data.GetProperty(which) is { ValueKind: System.Text.Json.JsonValueKind.Object } state ? state.GetProperty("state").GetString() : "(none)";

    private void Line(string colour, string kind, string text)
    {
        var table = new Grid().AddColumn(new GridColumn { Width = 7, NoWrap = true, Padding = new Padding(1, 0, 1, 0) })
            .AddColumn(new GridColumn { Width = 7, NoWrap = true, Padding = new Padding(0, 0, 1, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        table.AddRow($"[grey]{_clock.Elapsed.TotalSeconds,6:0.00}s[/]", $"[{colour}]{kind}[/]", Markup.Escape(text));
        lock (_lock) AnsiConsole.Write(table);
    }
}
