namespace HassSocket.Streams;

/// <summary>What one consumer has on loan: one item at a time. A <see cref="RawEvent"/> of an ended loan throws.</summary>
internal sealed class ItemLoan
{
    private StreamItem? _item;
    private int _number;

    /// <summary>Lends the bytes of an item, which the consumer holds, until <see cref="End"/>.</summary>
    public RawEvent Begin(StreamItem item)
    {
        _item = item;
        return new RawEvent(item.Bytes, this, Volatile.Read(ref _number));
    }

    /// <summary>The consumer is done with the item; a second time is nothing.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _item, null) is not { } item) return;
        // First the number: who looks now must not read memory that belongs to others.
        Interlocked.Increment(ref _number);
        item.Release();
    }

    /// <summary>Whether a loan still lasts.</summary>
    public bool Lasts(int number) => Volatile.Read(ref _number) == number;
}
