using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks.Sources;

namespace HassSocket.Streams;

/// <summary>The waiting items of one consumer: references to shared items, in order, bounded by its policy.</summary>
/// <remarks>Posting never blocks. One reader at a time waits and takes.</remarks>
internal sealed class Mailbox(StreamOptions options, SubscriptionSource source) : IValueTaskSource<bool>
{
    private readonly Lock _lock = new();
    private readonly LatestPlaces? _latest = options.Policy == OverflowPolicy.Latest ? new LatestPlaces(options, source) : null;
    private ManualResetValueTaskSourceCore<bool> _signal = new() { RunContinuationsAsynchronously = true };
    private readonly ItemRing _ring = new();
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

    public long Depth => _ring.Count;

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
                OverflowPolicy.Lossless => PutBounded_NeedsLock(item, _ring.Bytes + item.Size > options.MaxMailboxBytes),
                _ => PutBounded_NeedsLock(item, _ring.Count >= options.Capacity),
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
            var discarded = (int)_ring.Count;
            while (!_ring.IsEmpty) _ring.DropOldest();
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
            _ring.Clear();
            wakes = TakeWaiter_NeedsLock();
        }

        if (wakes) _signal.SetResult(true);
    }

    /// <summary>Takes the next item; whoever takes it holds it from then on.</summary>
    public bool TryTake([NotNullWhen(true)] out StreamItem? item)
    {
        lock (_lock)
        {
            item = _isClosed || (_isHeld && !_isCompleted) || _ring.IsEmpty ? null : _ring.Take();
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

    private bool IsOver_NeedsLock() => _isClosed || (_isCompleted && _ring.IsEmpty);

    private bool CanGive_NeedsLock() => !_ring.IsEmpty && (!_isHeld || _isCompleted);

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
            _ring.Append(item);
            return PostOutcome.Taken;
        }

        switch (options.Policy)
        {
            case OverflowPolicy.DropNewest:
                return PostOutcome.Dropped;
            case OverflowPolicy.DropOldest:
                _ring.DropOldest();
                _ring.Append(item);
                return PostOutcome.Dropped;
            default:
                Error = StreamOverflowException.Of(options, _ring.Bytes);
                _isCompleted = true;
                return PostOutcome.Failed;
        }
    }

    private PostOutcome PutLatest_NeedsLock(StreamItem item, string key)
    {
        if (item.Parts is null && _latest!.Find(key, _ring.Head) is { } place)
        {
            _ring.Replace(place, item);
            return PostOutcome.Replaced;
        }

        var outcome = PostOutcome.Taken;
        if (_ring.Count >= options.Capacity)
        {
            _ring.DropOldest();
            outcome = PostOutcome.Dropped;
        }

        // Items that wait together have many keys: nothing replaces them, and what comes later must not overtake them.
        if (item.Parts is null) _latest!.Note(key, _ring.Tail, _ring.Head);
        else _latest!.Forget();
        _ring.Append(item);
        return outcome;
    }
}
