using System.Diagnostics.CodeAnalysis;

namespace HassSocket;

/// <summary>One item of a subscription as it came: immutable, and shared by all consumers.</summary>
/// <remarks>Free to be kept, except where all consumers read it as a <see cref="RawEvent"/>: then its memory is on loan.</remarks>
public abstract class StreamItem
{
    private protected StreamItem(bool isFirst) => IsFirst = isFirst;

    /// <summary>The payload, UTF-8; empty where a fold made the item.</summary>
    public abstract ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether it is the first since the subscription was asked for, or asked for again: a fresh base, for those that begin with one.</summary>
    public bool IsFirst { get; }

    /// <summary>What a <see cref="SubscriptionFold"/> made of an item; <see langword="null"/> where consumers read the payload themselves.</summary>
    public virtual object? Folded => null;

    /// <summary>How many bytes it holds alone; what it shares with the whole of a fold does not count.</summary>
    internal abstract int Size { get; }

    /// <summary>Items that wait as one, so that a whole fits into any mailbox; <see langword="null"/> where this is one.</summary>
    internal virtual IReadOnlyList<StreamItem>? Parts => null;

    /// <summary>One more has it: a mailbox, or the one that reads it.</summary>
    internal virtual void AddHolder()
    {
    }

    /// <summary>One fewer has it; memory on loan goes back with the last.</summary>
    internal virtual void Release()
    {
    }

    /// <summary>Reads it, once for all consumers that read it alike.</summary>
    /// <param name="source">Reads it.</param>
    /// <param name="value">What was read.</param>
    /// <param name="problem">Why it cannot be read.</param>
    /// <param name="isNews">Whether this call has read it, and no other before.</param>
    internal abstract bool TryRead<T>(SubscriptionSource<T> source, out T? value, [NotNullWhen(false)] out Exception? problem, out bool isNews);
}
