using HassSocket.Benchmarks.Contenders;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>What is read from the measurements of one contender in one work.</summary>
internal static class Figures
{
    /// <summary>Events, requests or answers a second.</summary>
    public static Spread? Rate(this Results results, string contender, Work work) =>
        Spread.Of(results.Of(contender, work.Name).Where(one => one.Seconds > 0).Select(one => one.Units / one.Seconds));

    /// <summary>CPU time for each of them, in microseconds.</summary>
    public static Spread? Cpu(this Results results, string contender, Work work) =>
        Spread.Of(results.Of(contender, work.Name).Where(one => one.Seconds > 0).Select(one => one.CpuSeconds * 1e6 / one.Units));

    /// <summary>Bytes allocated for each of them.</summary>
    public static Spread? Bytes(this Results results, string contender, Work work) =>
        Spread.Of(results.Of(contender, work.Name).Where(one => one.AllocatedBytes is not null && one.Seconds > 0)
            .Select(one => (double)one.AllocatedBytes!.Value / one.Units));

    /// <summary>The median of single durations, in microseconds.</summary>
    public static Spread? Median(this Results results, string contender, Work work) =>
        Spread.Of(results.Of(contender, work.Name).Where(one => one.MedianMicroseconds is not null).Select(one => one.MedianMicroseconds!.Value));

    /// <summary>The most memory that the process held, or that of an idle one, in MB.</summary>
    public static Spread? Memory(this Results results, string contender, Work work) =>
        Spread.Of(results.Of(contender, work.Name).Select(one => (work.Kind == WorkKind.Idle ? one.IdleBytes : one.PeakBytes) / 1e6));

    /// <summary>One median by another.</summary>
    public static double? Over(this Spread? one, Spread? other) => one is { } above && other is { Median: > 0 } below ? above.Median / below.Median : null;
}
