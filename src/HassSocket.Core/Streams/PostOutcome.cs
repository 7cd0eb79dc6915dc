namespace HassSocket.Streams;

/// <summary>What it cost to take an item into a mailbox.</summary>
internal enum PostOutcome
{
    /// <summary>Nothing.</summary>
    Taken,

    /// <summary>An older item of the same key, as the policy wants it.</summary>
    Replaced,

    /// <summary>An item: the oldest, or this one.</summary>
    Dropped,

    /// <summary>The stream: its policy is to fail.</summary>
    Failed,

    /// <summary>Nothing; the mailbox has ended and did not take it.</summary>
    Ignored,
}
