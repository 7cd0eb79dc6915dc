namespace HassSocket.Sending;

/// <summary>Deadlines as timestamps of the monotonic clock.</summary>
internal static class Timestamps
{
    /// <summary>The timestamp that lies a span ahead; never, for an infinite one.</summary>
    public static long DueAfter(this TimeProvider time, TimeSpan span) => time.DueAfter(span, time.GetTimestamp());

    /// <summary>The timestamp that lies a span behind another one; never, for an infinite one.</summary>
    public static long DueAfter(this TimeProvider time, TimeSpan span, long start) =>
        span == Timeout.InfiniteTimeSpan ? long.MaxValue : start + time.ToTimestamp(span);

    /// <summary>How long it is until a timestamp; zero when it has passed.</summary>
    public static TimeSpan Until(this TimeProvider time, long due)
    {
        var left = due - time.GetTimestamp();
        if (left <= 0) return TimeSpan.Zero;
        // Rounded up to whole milliseconds, as timers count them: a timer must never fire just before what it is for.
        return TimeSpan.FromMilliseconds(Math.Ceiling(left * 1000.0 / time.TimestampFrequency));
    }

    private static long ToTimestamp(this TimeProvider time, TimeSpan span) =>
        (long)Math.Ceiling(span.Ticks * ((double)time.TimestampFrequency / TimeSpan.TicksPerSecond));
}
