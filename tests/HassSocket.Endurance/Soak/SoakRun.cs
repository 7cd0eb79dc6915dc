using System.Diagnostics;
using HassSocket.Endurance.Support;

namespace HassSocket.Endurance.Soak;

/// <summary>Soaks from a command line: <c>--reconnects 5000 --events 10000000</c>.</summary>
internal static class SoakRun
{
    public static int Run(Arguments arguments) =>
        RunAsync(arguments.Number("--reconnects", 5_000), arguments.Number("--events", 10_000_000)).GetAwaiter().GetResult();

    /// <summary>Warms up with a tenth, measures, does the rest, and measures again.</summary>
    public static async Task<(Footprint Before, Footprint After)> SoakAsync(int reconnects, int events, Action<string> tell)
    {
        await using var soaker = await Soaker.BeginAsync();
        await SomeAsync(soaker, reconnects / 10, events / 10);
        var before = soaker.Measure();
        tell($"after a tenth: {before}");
        var since = Stopwatch.GetTimestamp();
        await SomeAsync(soaker, reconnects - soaker.Reconnects, events - events / 10);
        var after = soaker.Measure();
        tell($"after {soaker.Reconnects:N0} reconnects and {soaker.Events:N0} events, {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s later: {after}");
        return (before, after);
    }

    private static async Task<int> RunAsync(int reconnects, int events)
    {
        await SoakAsync(reconnects, events, Console.WriteLine);
        return 0;
    }

    private static async Task SomeAsync(Soaker soaker, int reconnects, int events)
    {
        const int Rounds = 10;
        for (var i = 0; i < Rounds; i++)
        {
            for (var times = i * reconnects / Rounds; times < (i + 1) * reconnects / Rounds; times++) await soaker.ReconnectAsync();
            await soaker.FloodAsync((int)((i + 1L) * events / Rounds - (long)i * events / Rounds));
        }
    }
}
