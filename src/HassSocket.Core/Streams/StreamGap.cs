namespace HassSocket;

/// <summary>Items that a consumer did not get.</summary>
/// <param name="Reason">Why.</param>
/// <param name="From">When the gap began, by the clock on the wall.</param>
/// <param name="To">When it ended.</param>
/// <param name="Count">How many items were missed; <see langword="null"/> when nobody can know, as after a reconnect.</param>
public sealed record StreamGap(GapReason Reason, DateTimeOffset From, DateTimeOffset To, long? Count)
{
    /// <summary>The name of the consumer that missed them (<see cref="StreamOptions.Name"/>); <see langword="null"/> when all did.</summary>
    public string? Consumer { get; init; }
}
