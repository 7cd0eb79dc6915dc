using HassSocket.Benchmarks.Contenders;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>What is read from the measurements of one contender in one work.</summary>
internal static class Figures
{
    /// <summary>Events, requests or answers a second.</summary>
    public static Series Rate(this Results results, string contender, Work work) =>
        results.Read(contender, work, one => one.Seconds > 0 ? one.Units / one.Seconds : null);

    /// <summary>CPU time for each of them, in microseconds.</summary>
    public static Series Cpu(this Results results, string contender, Work work) =>
        results.Read(contender, work, one => one.Seconds > 0 ? one.CpuSeconds * 1e6 / one.Units : null);

    /// <summary>Bytes allocated for each of them.</summary>
    public static Series Bytes(this Results results, string contender, Work work) =>
        results.Read(contender, work, one => one.Seconds > 0 ? (double?)one.AllocatedBytes / one.Units : null);

    /// <summary>The median of single durations, in microseconds.</summary>
    public static Series Median(this Results results, string contender, Work work) => results.Read(contender, work, one => one.MedianMicroseconds);

    /// <summary>The most memory that the process held, or that of an idle one, in MB.</summary>
    public static Series Memory(this Results results, string contender, Work work) =>
        results.Read(contender, work, one => (work.Kind == WorkKind.Idle ? one.IdleBytes : one.PeakBytes) / 1e6);

    private static Series Read(this Results results, string contender, Work work, Func<Measurement, double?> figure) => new(
        results.Of(contender, work.Name).Select(one => (one.Turn, Value: figure(one))).Where(one => one.Value is not null)
            .ToDictionary(one => one.Turn, one => one.Value!.Value));
}
