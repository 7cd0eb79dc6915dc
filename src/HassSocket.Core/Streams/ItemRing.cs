namespace HassSocket.Streams;

/// <summary>Items in order, in slots that are used again and again; guarded by the lock of its mailbox, which holds each item.</summary>
internal sealed class ItemRing
{
    // As many as a power of two, so that a place is found by its last bits.
    private StreamItem?[] _slots = [];
    private long _head;
    private long _tail;
    private int _part;

    public long Head => _head;

    public long Tail => _tail;

    /// <summary>How many items wait; may be read without the lock.</summary>
    public long Count
    {
        get
        {
            // The head first: it only ever follows the tail, so the difference is never too small.
            var head = Volatile.Read(ref _head);
            return Volatile.Read(ref _tail) - head;
        }
    }

    public bool IsEmpty => _head == _tail;

    /// <summary>How many bytes all of them hold.</summary>
    public long Bytes { get; private set; }

    public void Append(StreamItem item)
    {
        if (_tail - _head == _slots.Length) Grow();
        item.AddHolder();
        _slots[SlotOf(_tail)] = item;
        _tail++;
        Bytes += item.Size;
    }

    /// <summary>Puts an item into the place of another.</summary>
    public void Replace(long place, StreamItem item)
    {
        ref var slot = ref _slots[SlotOf(place)];
        Bytes += item.Size - slot!.Size;
        slot.Release();
        item.AddHolder();
        slot = item;
    }

    /// <summary>Takes the oldest item, or the next part of it; whoever takes it holds it.</summary>
    public StreamItem Take()
    {
        if (_slots[SlotOf(_head)]!.Parts is not { } parts) return TakeSlot();
        var part = parts[_part++];
        if (_part == parts.Count) _ = TakeSlot();
        return part;
    }

    public void DropOldest() => TakeSlot().Release();

    public void Clear()
    {
        while (!IsEmpty) DropOldest();
        _slots = [];
    }

    private int SlotOf(long place) => (int)(place & (_slots.Length - 1));

    private StreamItem TakeSlot()
    {
        ref var slot = ref _slots[SlotOf(_head)];
        var item = slot!;
        slot = null;
        _head++;
        _part = 0;
        Bytes -= item.Size;
        return item;
    }

    private void Grow()
    {
        var larger = new StreamItem?[Math.Max(4, _slots.Length * 2)];
        for (var place = _head; place < _tail; place++) larger[(int)(place & (larger.Length - 1))] = _slots[SlotOf(place)];
        _slots = larger;
    }
}
