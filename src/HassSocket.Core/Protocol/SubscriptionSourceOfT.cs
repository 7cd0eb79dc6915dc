using HassSocket.Streams;

namespace HassSocket;

/// <summary>A subscription whose items are read as <typeparamref name="T"/>.</summary>
/// <typeparam name="T">What consumers receive.</typeparam>
public abstract class SubscriptionSource<T> : SubscriptionSource
{
    /// <summary>Reads an item; runs in a consumer's pump, never on the read loop. An exception skips this item alone.</summary>
    /// <param name="item">The shared, immutable item.</param>
    public abstract T Read(StreamItem item);

    /// <summary>Whether another source would read any item to an equal value, so that one reading serves both.</summary>
    /// <param name="other">The source that has read the item; <see langword="null"/> when none has.</param>
    public virtual bool ReadsLike(object? other) => ReferenceEquals(this, other);

    // Lends an item to one consumer until its loan ends; only where memory is pooled.
    internal virtual T Lend(StreamItem item, ItemLoan loan) => Read(item);
}
