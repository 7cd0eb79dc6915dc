namespace HassSocket;

/// <summary>What happens to an item that finds its consumer's mailbox full.</summary>
public enum OverflowPolicy
{
    /// <summary>The oldest waiting item makes room.</summary>
    DropOldest,

    /// <summary>The new item is dropped.</summary>
    DropNewest,

    /// <summary>Only the latest item for each key waits; an older one is replaced at once, full or not.</summary>
    Latest,

    /// <summary>The stream ends with a <see cref="StreamOverflowException"/>.</summary>
    Fail,

    /// <summary>The mailbox grows to <see cref="StreamOptions.MaxMailboxBytes"/>, then the stream ends with a <see cref="StreamOverflowException"/>.</summary>
    Lossless,
}
