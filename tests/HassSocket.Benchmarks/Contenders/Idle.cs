using System.Diagnostics;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>The memory of a process that is connected and has nothing to do.</summary>
internal static class Idle
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    public static async Task<Measurement> MeasureAsync()
    {
        await Task.Delay(Quiet);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        return new Measurement { Count = 1, IdleBytes = self.WorkingSet64 };
    }
}
