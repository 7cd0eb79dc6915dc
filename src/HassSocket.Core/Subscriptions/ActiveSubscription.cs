using HassSocket.Sessions;
using HassSocket.Streams;

namespace HassSocket.Subscriptions;

/// <summary>One wanted subscription on the wire and the consumers that share it; it outlives sessions, its routes do not.</summary>
internal sealed class ActiveSubscription(SubscriptionSource source, ReadOnlyMemory<byte> request, object? sharingKey, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly ConsumerGroup _consumers = new(source.Fold);
    private readonly Overlap _overlap = new();
    private DateTimeOffset? _lostAt;

    public SubscriptionSource Source { get; } = source;

    /// <summary>The encoded request, all but its key, as long as there is nothing to resume.</summary>
    public ReadOnlyMemory<byte> Request { get; } = request;

    /// <summary>What those that share it have in common; <see langword="null"/> where nobody does.</summary>
    public object? SharingKey { get; } = sharingKey;

    /// <summary>Its place among the wanted ones; in no list when nobody wants it any more.</summary>
    public LinkedListNode<ActiveSubscription> Node => field ??= new LinkedListNode<ActiveSubscription>(this);

    /// <summary>Called for each item instead of consumers: for the engine's own subscriptions.</summary>
    public Action? Signal { get; init; }

    public Route? Current { get; private set; }

    public Route? Successor { get; private set; }

    public SubscriptionState State => _consumers.State;

    /// <summary>Whether the server has ever agreed, so that a refusal after a restart may be a passing one.</summary>
    public bool WasActive { get; private set; }

    /// <summary>Behind which item the server can go on; <see langword="null"/> until it has sent one.</summary>
    public string? ResumeToken { get; private set; }

    public long Depth
    {
        get { lock (_lock) return _consumers.Depth; }
    }

    public void Join(StreamConsumer consumer, bool isPaused)
    {
        lock (_lock)
        {
            consumer.Subscription = this;
            _consumers.Add(consumer, isPaused ? time.GetUtcNow() : null);
        }
    }

    /// <summary>Takes a consumer out.</summary>
    /// <returns>Whether it was the last.</returns>
    public bool Leave(StreamConsumer consumer)
    {
        lock (_lock)
        {
            consumer.Mailbox.Close();
            if (!_consumers.Remove(consumer)) return false;
            consumer.Subscription = null;
            return _consumers.Count == 0;
        }
    }

    /// <summary>Gives a consumer that has lost the thread the whole of the fold.</summary>
    public void TellWhole(StreamConsumer consumer)
    {
        lock (_lock) _consumers.TellWhole(consumer);
    }

    public Route Ask(Session session, bool asSuccessor = false)
    {
        lock (_lock)
        {
            var route = new Route(this, session);
            if (asSuccessor)
            {
                Successor = route;
                _overlap.Begin();
            }
            else
            {
                Current = route;
                _consumers.Stand(SubscriptionState.Pending);
            }

            return route;
        }
    }

    /// <summary>Takes an item of the server; the read loop calls it.</summary>
    public void Take(Route route, in WireItem item)
    {
        List<StreamConsumer>? overflowing = null;
        lock (_lock)
        {
            if (route.IsClosed) return;
            if (ReferenceEquals(route, Successor)) MoveToSuccessor_NeedsLock();
            if (!ReferenceEquals(route, Current)) return;
            var isFirst = !route.HadItem;
            route.HadItem = true;
            if (item.ResumeToken is { } token)
            {
                if (IsRepeated_NeedsLock(token)) return;
                ResumeToken = token;
            }

            if (Signal is not null) Signal();
            else overflowing = _consumers.Deliver(item.Payload, isFirst);
        }

        if (overflowing is null) return;
        foreach (var consumer in overflowing) consumer.LogOverflow();
    }

    /// <summary>The server has agreed.</summary>
    /// <returns><see langword="false"/> when nobody wants it any more: it must be stopped.</returns>
    public bool Started(Route route)
    {
        lock (_lock)
        {
            route.IsStarted = true;
            if (route.IsClosed) return false;
            if (ReferenceEquals(route, Successor)) MoveToSuccessor_NeedsLock();
            if (!ReferenceEquals(route, Current)) return true;
            WasActive = true;
            StandActive_NeedsLock();
            return true;
        }
    }

    /// <summary>Goes over to the successor, if that is still to be done: from now on its items count, and no others.</summary>
    public void MoveToSuccessor()
    {
        lock (_lock) MoveToSuccessor_NeedsLock();
    }

    /// <summary>The server cannot serve it yet.</summary>
    public void Wait(Exception refusal)
    {
        lock (_lock)
        {
            Current = null;
            Successor = null;
            Source.Fold?.NoteLoss();
            NoteLoss_NeedsLock();
            _consumers.Stand(SubscriptionState.Waiting, refusal.Message, refusal);
        }
    }

    /// <summary>It is over for good: consumers get what waits for them, then the end.</summary>
    public void End(SubscriptionState state, Exception? error)
    {
        lock (_lock)
        {
            Close_NeedsLock();
            _consumers.End(state, error);
        }
    }

    /// <summary>Nobody listens any more; what still comes on its routes is dropped.</summary>
    public void Close()
    {
        lock (_lock) Close_NeedsLock();
    }

    /// <summary>A session has ended, and with it what it served.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isLast">Whether no other one serves: then what waits for the server has nobody to wait for.</param>
    public void Detach(Session session, bool isLast)
    {
        lock (_lock)
        {
            if (Successor?.Session == session) Successor = null;
            if (!isLast && State == SubscriptionState.Waiting && Successor is null) return;
            if (Current is not null && Current.Session != session) return;
            Current = null;
            if (Successor is not null) MoveToSuccessor_NeedsLock();
            NoteLoss_NeedsLock();
            Source.Fold?.NoteLoss();
            if (Current is null) _consumers.Stand(SubscriptionState.Pending);
        }
    }

    public void Pause(DateTimeOffset now)
    {
        lock (_lock) _consumers.Pause(now);
    }

    /// <summary>Ends a pause.</summary>
    /// <returns>Whether anything was missed.</returns>
    public bool Resume(DateTimeOffset now)
    {
        lock (_lock) return _consumers.Resume(now);
    }

    // While two sockets serve one subscription, the second may repeat what the first has brought since it was asked.
    private bool IsRepeated_NeedsLock(string token)
    {
        if (Successor is null) return _overlap.IsRepeated(token);
        _overlap.Note(token);
        return false;
    }

    private void MoveToSuccessor_NeedsLock()
    {
        if (Successor is null) return;
        if (Current is { } old)
        {
            old.IsClosed = true;
            NoteLoss_NeedsLock();
        }

        Current = Successor;
        Successor = null;
        if (Current.IsStarted) StandActive_NeedsLock();
    }

    private void Close_NeedsLock()
    {
        Current?.IsClosed = true;
        Successor?.IsClosed = true;
        Source.Fold?.NoteLoss();
    }

    private void StandActive_NeedsLock()
    {
        _consumers.Stand(SubscriptionState.Active);
        if (_lostAt is not { } since) return;
        _lostAt = null;
        _consumers.Tell(new StreamGap(GapReason.Reconnect, since, time.GetUtcNow(), null));
    }

    // What the server can resume has no gap.
    private void NoteLoss_NeedsLock()
    {
        if (WasActive && ResumeToken is null) _lostAt ??= time.GetUtcNow();
    }
}
