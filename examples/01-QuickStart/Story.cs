using System.Threading.Channels;
using Examples;
using HassSocket;

namespace QuickStart;

/// <summary>Writes down what happens, a line each, and waits for what must.</summary>
internal sealed class Story : Narrator
{
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly Channel<int> _connected = Channel.CreateUnbounded<int>();
    private readonly Channel<double> _warned = Channel.CreateUnbounded<double>();
    private int _events;
    private int _connections;
    private int _warnings;

    public override void Chapter(string title)
    {
        while (_heard.Reader.TryRead(out _)) { }
        base.Chapter(title);
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

    /// <returns>The exit code.</returns>
    public int End(string next)
    {
        Chapter("Summary");
        var warnings = _warnings == 1 ? "1 traffic warning" : $"{_warnings} traffic warnings";
        Say($"{_connections} connections, {_events} events heard, {warnings}, in {Seconds:0.0} s");
        Say(next);
        return 0;
    }

    private static string? StateOf(System.Text.Json.JsonElement data, string which) =>
        data.GetProperty(which) is { ValueKind: System.Text.Json.JsonValueKind.Object } state ? state.GetProperty("state").GetString() : "(none)";
}
