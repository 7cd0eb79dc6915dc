using System.Diagnostics;
using HassSocket.Benchmarks.Load;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>Takes the time, the CPU time and the allocated bytes of a piece of work.</summary>
internal sealed class Stopwatches
{
    private Reading _start = Reading.Now();
    private Reading _before;

    /// <summary>What follows is none of the work.</summary>
    public void Pause() => _before += Reading.Now() - _start;

    /// <summary>The work goes on.</summary>
    public void Resume() => _start = Reading.Now();

    public Measurement Stop(LoadHash heard, long drops = 0, List<double>? microseconds = null)
    {
        var took = _before + (Reading.Now() - _start);
        microseconds?.Sort();
        return new Measurement
        {
            Count = heard.Count,
            Hash = heard.Value,
            Drops = drops,
            Seconds = took.Elapsed.TotalSeconds,
            CpuSeconds = took.Cpu.TotalSeconds,
            AllocatedBytes = took.Allocated,
            MedianMicroseconds = microseconds?[microseconds.Count / 2],
        };
    }

    private readonly record struct Reading(long Allocated, TimeSpan Cpu, TimeSpan Elapsed)
    {
        public static Reading Now() =>
            new(GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, Stopwatch.GetElapsedTime(0));

        public static Reading operator +(Reading one, Reading other) =>
            new(one.Allocated + other.Allocated, one.Cpu + other.Cpu, one.Elapsed + other.Elapsed);

        public static Reading operator -(Reading one, Reading other) =>
            new(one.Allocated - other.Allocated, one.Cpu - other.Cpu, one.Elapsed - other.Elapsed);
    }
}
