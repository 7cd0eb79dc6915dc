namespace HassSocket.Benchmarks.Contenders;

/// <summary>What a contender's process says of the work that it has done; one line of JSON.</summary>
internal sealed record Measurement
{
    /// <summary>How many events, answers or entities the consumer received.</summary>
    public int Count { get; init; }

    /// <summary>The hash over what it received; 0 where the contender does not look.</summary>
    public uint Hash { get; init; }

    /// <summary>How many were dropped.</summary>
    public long Drops { get; init; }

    public double Seconds { get; init; }

    public double CpuSeconds { get; init; }

    /// <summary>What was allocated; <see langword="null"/> where that cannot be known.</summary>
    public long? AllocatedBytes { get; init; }

    public long PeakBytes { get; init; }

    /// <summary>The memory of a process that does nothing any more; only for the idle work.</summary>
    public long IdleBytes { get; init; }

    /// <summary>The median of single durations, in microseconds; only where each is measured.</summary>
    public double? MedianMicroseconds { get; init; }

    /// <summary>Which measure of the comparison it is: those of the same turn were taken right after each other.</summary>
    public int Turn { get; init; }

    /// <summary>By what the figures are divided: events, requests, or answers.</summary>
    public int Units { get; init; }
}
