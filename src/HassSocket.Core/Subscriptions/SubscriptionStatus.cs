namespace HassSocket;

/// <summary>How a subscription stands, and what its consumers missed.</summary>
/// <param name="State">How it stands with the server.</param>
public sealed record SubscriptionStatus(SubscriptionState State)
{
    /// <summary>Why it waits or was refused, in a sentence; <see langword="null"/> otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The refusal, or the error that ended it; <see langword="null"/> otherwise.</summary>
    public Exception? Error { get; init; }

    /// <summary>The latest gap; <see langword="null"/> before the first.</summary>
    public StreamGap? Gap { get; init; }

    /// <summary>How many items were dropped because consumers were too slow.</summary>
    public long Dropped { get; init; }

    /// <summary>How many items could not be read and were skipped.</summary>
    public long Unreadable { get; init; }

    /// <summary>What was wrong with the latest unreadable item, with its JSON path; <see langword="null"/> before the first.</summary>
    public string? LastUnreadable { get; init; }
}
