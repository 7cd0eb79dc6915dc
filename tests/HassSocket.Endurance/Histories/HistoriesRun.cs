using System.Diagnostics;
using HassSocket.Endurance.Support;

namespace HassSocket.Endurance.Histories;

/// <summary>Plays histories from a command line.</summary>
internal static class HistoriesRun
{
    /// <summary>Plays one seed many times (<c>--seed 7 --repeat 1000</c>), or many seeds (<c>--count 10000</c>).</summary>
    /// <returns>0 when every promise was kept.</returns>
    public static int Run(Arguments arguments)
    {
        var seed = arguments.Number("--seed", 1);
        var seeds = arguments.Has("--repeat")
            ? Enumerable.Repeat(seed, arguments.Number("--repeat", 1000))
            : Enumerable.Range(seed, arguments.Number("--count", 10_000));
        var histories = new Playhouse((Defect)arguments.Number("--defect", 0));
        var since = Stopwatch.GetTimestamp();
        var failure = histories.Play(seeds);
        Console.WriteLine($"{histories.Played:N0} histories of {History.Steps} steps in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");
        Console.WriteLine(histories.Tally);
        if (failure is not null) Console.WriteLine(failure);
        return failure is null ? 0 : 1;
    }
}
