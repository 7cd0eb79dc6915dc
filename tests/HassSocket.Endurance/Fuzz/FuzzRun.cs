using System.Diagnostics;
using HassSocket.Endurance.Support;

namespace HassSocket.Endurance.Fuzz;

/// <summary>Fuzzes from a command line: <c>--frames 1000000 --seed 7</c>.</summary>
internal static class FuzzRun
{
    public static int Run(Arguments arguments)
    {
        var fuzzer = new Fuzzer(arguments.Number("--seed", 1));
        var since = Stopwatch.GetTimestamp();
        var failure = fuzzer.Run(arguments.Number("--frames", 1_000_000));
        Console.WriteLine($"{fuzzer.Frames:N0} frames in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s; heap {fuzzer.Growth / 1024:+#,0;-#,0;0} KiB");
        Console.WriteLine($"Calls ended so: {fuzzer.Outcomes}");
        if (failure is not null) Console.WriteLine(failure);
        return failure is null ? 0 : 1;
    }
}
