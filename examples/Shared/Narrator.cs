using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using HassSocket;
using Spectre.Console;

namespace Examples;

/// <summary>Writes down what happens in an example, a line each, in a terminal of 80 columns.</summary>
internal abstract class Narrator
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private int _chapter;

    protected double Seconds => _clock.Elapsed.TotalSeconds;

    public virtual void Chapter(string title)
    {
        lock (_lock) AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\n[bold]{++_chapter}. {title}[/]");
    }

    public void Say(string text) => Line("grey", "", text);

    public void Tell(ConnectionStateChange change)
    {
        if (change.Previous == change.Current) return;
        var why = change.Explanation is null ? "" : $": {change.Explanation}";
        Line("blue", "state", $"{change.Current}{why}");
    }

    /// <summary>Goes on until Ctrl+C.</summary>
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
    public int Fail(string why)
    {
        Line("red", "failed", why);
        return 1;
    }

    protected static async Task<T> NextAsync<T>(Channel<T> channel, string what)
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

    protected void Line(string colour, string kind, string text)
    {
        var table = new Grid().AddColumn(new GridColumn { Width = 7, NoWrap = true, Padding = new Padding(1, 0, 1, 0) })
            .AddColumn(new GridColumn { Width = 7, NoWrap = true, Padding = new Padding(0, 0, 1, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        table.AddRow($"[grey]{_clock.Elapsed.TotalSeconds,6:0.00}s[/]", $"[{colour}]{kind}[/]", Markup.Escape(text));
        lock (_lock) AnsiConsole.Write(table);
    }
}
