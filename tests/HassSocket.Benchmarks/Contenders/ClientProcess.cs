using System.Diagnostics;
using System.Text.Json;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>The process of one contender: does a work twice to warm up, then once for the figures, and prints them.</summary>
internal static class ClientProcess
{
    /// <summary>Runs it.</summary>
    /// <param name="args">Contender, work, address of the load server, name of the run, and perhaps <c>short</c>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var isShort = args is [.., "short"];
        var work = Work.Named(args[1]);
        if (isShort) work = work.Shortened;
        IContender contender = args[0] == "sdk" ? new Sdk() : new MinimalLoop();
        for (var warmUp = 0; warmUp < (isShort || work.Kind == WorkKind.Idle ? 0 : 2); warmUp++)
            _ = await contender.RunAsync(work.WarmUp, AddressOf(work.WarmUp, args[2], $"{args[3]}-warm-up"));
        GC.Collect();
        var measured = await contender.RunAsync(work, AddressOf(work, args[2], args[3]));
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(measured with { PeakBytes = self.PeakWorkingSet64 }));
        return 0;
    }

    private static Uri AddressOf(Work work, string server, string run) => new(server + (work.Plan with { Run = run }).ToPath());
}
