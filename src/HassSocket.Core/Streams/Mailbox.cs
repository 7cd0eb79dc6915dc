using System.Threading.Tasks.Sources;

namespace HassSocket.Streams;

/// <summary>The waiting items of one consumer: references to shared items, in order, bounded by its policy.</summary>
/// <remarks>Posting never blocks. One reader at a time waits and takes.</remarks>
internal sealed class Mailbox(StreamOptions options, SubscriptionSource source) : IValueTaskSource<bool>
{
    private readonly Lock _lock = new();
    private readonly LatestPlaces? _latest = options.Policy == OverflowPolicy.Latest ? new LatestPlaces(options, source) : null;
    private ManualResetValueTaskSourceCore<bool> _signal = new() { RunContinuationsAsynchronously = true };
    private StreamItem?[] _slots = [];
    private long _head;
    private long _tail;
    private long _bytes;
    private int _part;
    private bool _isWaiting;
    private bool _isHeld;
    private bool _isCompleted;
    private volatile bool _isClosed;

    /// <summary>Why it ended; <see langword="null"/> when it ended well, or has not.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether all that can come has come: the reader completes its consumer when the rest is taken.</summary>
    public bool IsCompleted
    {
        get { lock (_lock) return _isCompleted && !_isClosed; }
    }

    /// <summary>Whether the consumer is gone.</summary>
    public bool IsClosed => _isClosed;

    public long Depth
    {
        get
        {
            // The head first: it only ever follows the tail, so the difference is never too small.
            var head = Volatile.Read(ref _head);
            return Volatile.Read(ref _tail) - head;
        }
    }

    /// <summary>Takes an item in.</summary>
    /// <returns>What it cost.</returns>
    public PostOutcome Post(StreamItem item)
    {
        PostOutcome outcome;
        bool wakes;
        var key = item.Parts is null && _latest is not null ? _latest.KeyOf(item) : "";
        lock (_lock)
        {
            if (_isCompleted || _isClosed) return PostOutcome.Ignored;
            outcome = options.Policy switch
            {
                OverflowPolicy.Latest => PutLatest_NeedsLock(item, key),
                OverflowPolicy.Lossless => PutBounded_NeedsLock(item, _bytes + item.Size > options.MaxMailboxBytes),
                _ => PutBounded_NeedsLock(item, _tail - _head >= options.Capacity),
            };
            wakes = TakeWaiter_NeedsLock();
        }

        if (wakes) _signal.SetResult(true);
        return outcome;
    }

    /// <summary>Keeps what is here, and gives out nothing until <see cref="Release"/>.</summary>
    /// <returns>How many items were discarded: those under <see cref="OverflowPolicy.Latest"/>, which would be stale.</returns>
    public int Hold()
    {
        lock (_lock)
        {
            _isHeld = true;
            if (_latest is null) return 0;
            var discarded = (int)(_tail - _head);
            while (_head < _tail) _ = TakeSlot_NeedsLock();
            return discarded;
        }
    }

    public void Release()
    {
        bool wakes;
        lock (_lock)
        {
            _isHeld = false;
            wakes = TakeWaiter_NeedsLock();
        }

        if (wakes) _signal.SetResult(true);
    }

    /// <summary>Nothing more will come; what is here is still given out, before the end is.</summary>
    public void Complete(Exception? error = null)
    {
        bool wakes;
        lock (_lock)
        {
            if (_isCompleted || _isClosed) return;
            Error = error;
            _isCompleted = true;
            wakes = TakeWaiter_NeedsLock();
        }

        if (wakes) _signal.SetResult(true);
    }

    /// <summary>The consumer is gone: nothing is given out any more.</summary>
    public void Close()
    {
        bool wakes;
        lock (_lock)
        {
            _isClosed = true;
            _slots = [];
            _head = _tail;
            (_bytes, _part) = (0, 0);
            wakes = TakeWaiter_NeedsLock();
        }

        if (wakes) _signal.SetResult(true);
    }

    public bool TryTake(out StreamItem? item)
    {
        lock (_lock)
        {
            item = _isClosed || (_isHeld && !_isCompleted) || _head == _tail ? null : Take_NeedsLock();
            return item is not null;
        }
    }

    /// <summary>Waits until there is something to take, or nothing will come any more.</summary>
    /// <returns><see langword="false"/> when the mailbox has ended and is empty.</returns>
    public ValueTask<bool> WaitAsync()
    {
        lock (_lock)
        {
            if (IsOver_NeedsLock()) return new ValueTask<bool>(false);
            if (CanGive_NeedsLock()) return new ValueTask<bool>(true);
            _signal.Reset();
            _isWaiting = true;
            return new ValueTask<bool>(this, _signal.Version);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        _ = _signal.GetResult(token);
        lock (_lock) return !IsOver_NeedsLock();
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _signal.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _signal.OnCompleted(continuation, state, token, flags);

    private bool IsOver_NeedsLock() => _isClosed || (_isCompleted && _head == _tail);

    private bool CanGive_NeedsLock() => _head < _tail && (!_isHeld || _isCompleted);

    private bool TakeWaiter_NeedsLock()
    {
        if (!_isWaiting || !(IsOver_NeedsLock() || CanGive_NeedsLock())) return false;
        _isWaiting = false;
        return true;
    }

    private PostOutcome PutBounded_NeedsLock(StreamItem item, bool isFull)
    {
        if (!isFull)
        {
            Append_NeedsLock(item);
            return PostOutcome.Taken;
        }

        switch (options.Policy)
        {
            case OverflowPolicy.DropNewest:
                return PostOutcome.Dropped;
            case OverflowPolicy.DropOldest:
                _ = TakeSlot_NeedsLock();
                Append_NeedsLock(item);
                return PostOutcome.Dropped;
            default:
                Error = StreamOverflowException.Of(options, _bytes);
                _isCompleted = true;
                return PostOutcome.Failed;
        }
    }

    private PostOutcome PutLatest_NeedsLock(StreamItem item, string key)
    {
        if (item.Parts is null && _latest!.Find(key, _head) is { } place)
        {
            ref var slot = ref _slots[(int)(place % _slots.Length)];
            _bytes += item.Size - slot!.Size;
            slot = item;
            return PostOutcome.Replaced;
        }

        var outcome = PostOutcome.Taken;
        if (_tail - _head >= options.Capacity)
        {
            _ = TakeSlot_NeedsLock();
            outcome = PostOutcome.Dropped;
        }

        // Items that wait together have many keys: nothing replaces them, and what comes later must not overtake them.
        if (item.Parts is null) _latest!.Note(key, _tail, _head);
        else _latest!.Forget();
        Append_NeedsLock(item);
        return outcome;
    }

    private void Append_NeedsLock(StreamItem item)
    {
        if (_tail - _head == _slots.Length) Grow_NeedsLock();
        _slots[(int)(_tail % _slots.Length)] = item;
        _tail++;
        _bytes += item.Size;
    }

    private StreamItem Take_NeedsLock()
    {
        if (_slots[(int)(_head % _slots.Length)]!.Parts is not { } parts) return TakeSlot_NeedsLock();
        var part = parts[_part++];
        if (_part == parts.Count) _ = TakeSlot_NeedsLock();
        return part;
    }

    private StreamItem TakeSlot_NeedsLock()
    {
        ref var slot = ref _slots[(int)(_head % _slots.Length)];
        var item = slot!;
        slot = null;
        _head++;
        _part = 0;
        _bytes -= item.Size;
        return item;
    }

    private void Grow_NeedsLock()
    {
        var larger = new StreamItem?[Math.Max(4, _slots.Length * 2)];
        for (var place = _head; place < _tail; place++) larger[(int)(place % larger.Length)] = _slots[(int)(place % _slots.Length)];
        _slots = larger;
    }
}
