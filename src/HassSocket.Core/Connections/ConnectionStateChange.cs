namespace HassSocket;

/// <summary>One step of a connection's life.</summary>
/// <param name="Previous">The state before.</param>
/// <param name="Current">The state now.</param>
/// <param name="At">When, by the clock on the wall.</param>
public sealed record ConnectionStateChange(ConnectionState Previous, ConnectionState Current, DateTimeOffset At)
{
    /// <summary>Why the connection was lost or is not there; <see cref="EndReason.None"/> on the way up.</summary>
    public EndReason Reason { get; init; }

    /// <summary>A sentence about <see cref="Reason"/> for a person; <see langword="null"/> on the way up.</summary>
    public string? Explanation { get; init; }

    /// <summary>The exception behind it, where there is one.</summary>
    public Exception? Error { get; init; }

    /// <summary>The number of failed attempts since the last stable session.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>How long the back-off waits before the next attempt; <see langword="null"/> in other states.</summary>
    public TimeSpan? NextAttemptIn { get; init; }
}
