using System.Diagnostics;
using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>Takes the time, the CPU time and the allocated bytes of a piece of work.</summary>
internal sealed class Stopwatches
{
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private readonly long _start = Stopwatch.GetTimestamp();

    public Measurement Stop(LoadHash heard, long drops = 0, List<double>? microseconds = null)
    {
        var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        var cpu = (Environment.CpuUsage.TotalTime - _cpu).TotalSeconds;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocated;
        microseconds?.Sort();
        return new Measurement
        {
            Count = heard.Count,
            Hash = heard.Value,
            Drops = drops,
            Seconds = seconds,
            CpuSeconds = cpu,
            AllocatedBytes = allocated,
            MedianMicroseconds = microseconds?[microseconds.Count / 2],
        };
    }
}
