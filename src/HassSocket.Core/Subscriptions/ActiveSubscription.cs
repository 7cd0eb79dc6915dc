using System.Buffers;
using HassSocket.Sessions;
using HassSocket.Streams;

namespace HassSocket.Subscriptions;

/// <summary>One wanted subscription on the wire and the consumers that share it; it outlives sessions, its routes do not.</summary>
internal sealed class ActiveSubscription(SubscriptionSource source, ReadOnlyMemory<byte> request, string? sharingKey, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<StreamConsumer> _consumers = [];
    private HashSet<string>? _seenInOverlap;
    private DateTimeOffset? _lostAt;
    private bool _isPaused;

    public SubscriptionSource Source { get; } = source;

    /// <summary>The encoded request, all but its key, as long as there is nothing to resume.</summary>
    public ReadOnlyMemory<byte> Request { get; } = request;

    public string? SharingKey { get; } = sharingKey;

    /// <summary>Called for each item instead of consumers: for the engine's own subscriptions.</summary>
    public Action? Signal { get; init; }

    public Route? Current { get; private set; }

    public Route? Successor { get; private set; }

    public SubscriptionState State { get; private set; } = SubscriptionState.Pending;

    /// <summary>Whether the server has ever agreed, so that a refusal after a restart may be a passing one.</summary>
    public bool WasActive { get; private set; }

    /// <summary>Behind which item the server can go on; <see langword="null"/> until it has sent one.</summary>
    public string? ResumeToken { get; private set; }

    public int Consumers
    {
        get { lock (_lock) return _consumers.Count; }
    }

    public long Depth
    {
        get { lock (_lock) return _consumers.Sum(consumer => consumer.Mailbox.Depth); }
    }

    public void Join(StreamConsumer consumer, bool isPaused)
    {
        lock (_lock)
        {
            consumer.Subscription = this;
            _consumers.Add(consumer);
            consumer.Status.Stand(State, null);
            if (isPaused) consumer.Pause(time.GetUtcNow());
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
            if (State is not (SubscriptionState.Refused or SubscriptionState.Ended)) consumer.Status.Stand(SubscriptionState.Pending);
            return _consumers.Count == 0;
        }
    }

    public Route Ask(Session session, bool asSuccessor = false)
    {
        lock (_lock)
        {
            var route = new Route(this, session);
            if (asSuccessor)
            {
                Successor = route;
                _seenInOverlap = [];
            }
            else
            {
                Current = route;
                Stand_NeedsLock(SubscriptionState.Pending);
            }

            return route;
        }
    }

    /// <summary>Takes an item of the server; the read loop calls it.</summary>
    public void Take(Route route, in WireItem item)
    {
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
            else Deliver_NeedsLock(item.Payload, isFirst);
        }
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
            Stand_NeedsLock(SubscriptionState.Active);
            EndGap_NeedsLock();
            return true;
        }
    }

    /// <summary>Goes over to the successor, if that is still to be done: from now on its items count, and no others.</summary>
    public void MoveToSuccessor()
    {
        lock (_lock) MoveToSuccessor_NeedsLock();
    }

    public void Wait(string reason, Exception error)
    {
        lock (_lock)
        {
            Current = null;
            Stand_NeedsLock(SubscriptionState.Waiting, reason, error);
        }
    }

    /// <summary>It is over for good: consumers get what waits for them, then the end.</summary>
    public void End(SubscriptionState state, Exception? error)
    {
        lock (_lock)
        {
            Close_NeedsLock();
            Stand_NeedsLock(state, error?.Message, error);
            foreach (var consumer in _consumers) consumer.Mailbox.Complete(error);
        }
    }

    /// <summary>Nobody listens any more; what still comes on its routes is dropped.</summary>
    public void Close()
    {
        lock (_lock) Close_NeedsLock();
    }

    /// <summary>Its session has ended.</summary>
    public void Detach(Session session)
    {
        lock (_lock)
        {
            if (Successor?.Session == session) Successor = null;
            if (Current?.Session != session) return;
            Current = null;
            if (Successor is not null) MoveToSuccessor_NeedsLock();
            // What the server can resume has no gap.
            if (WasActive && ResumeToken is null) _lostAt ??= time.GetUtcNow();
            if (Current is null) Stand_NeedsLock(SubscriptionState.Pending);
        }
    }

    public void Pause(DateTimeOffset now)
    {
        lock (_lock)
        {
            _isPaused = true;
            foreach (var consumer in _consumers) consumer.Pause(now);
        }
    }

    /// <summary>Ends a pause.</summary>
    /// <returns>Whether anything was missed.</returns>
    public bool Resume(DateTimeOffset now)
    {
        lock (_lock)
        {
            _isPaused = false;
            var missed = false;
            foreach (var consumer in _consumers) missed |= consumer.Resume(now);
            return missed;
        }
    }

    private void Deliver_NeedsLock(in ReadOnlySequence<byte> payload, bool isFirst)
    {
        if (_consumers.Count == 0) return;
        if (_isPaused)
        {
            foreach (var consumer in _consumers) consumer.CountPaused();
            return;
        }

        var shared = new StreamItem(payload.ToArray(), isFirst);
        foreach (var consumer in _consumers) consumer.Post(shared);
    }

    // While two sockets serve one subscription, the second may repeat what the first has brought since it was asked.
    private bool IsRepeated_NeedsLock(string token)
    {
        if (_seenInOverlap is null) return false;
        if (Successor is not null)
        {
            _seenInOverlap.Add(token);
            return false;
        }

        if (_seenInOverlap.Contains(token)) return true;
        _seenInOverlap = null;
        return false;
    }

    private void MoveToSuccessor_NeedsLock()
    {
        if (Successor is null) return;
        if (Current is { } old)
        {
            old.IsClosed = true;
            if (WasActive && ResumeToken is null) _lostAt ??= time.GetUtcNow();
        }

        Current = Successor;
        Successor = null;
        if (!Current.IsStarted) return;
        Stand_NeedsLock(SubscriptionState.Active);
        EndGap_NeedsLock();
    }

    private void Close_NeedsLock()
    {
        Current?.IsClosed = true;
        Successor?.IsClosed = true;
    }

    private void EndGap_NeedsLock()
    {
        if (_lostAt is not { } since) return;
        _lostAt = null;
        var gap = new StreamGap(GapReason.Reconnect, since, time.GetUtcNow(), null);
        foreach (var consumer in _consumers) consumer.Status.Gap(gap);
    }

    private void Stand_NeedsLock(SubscriptionState state, string? reason = null, Exception? error = null)
    {
        State = state;
        foreach (var consumer in _consumers) consumer.Status.Stand(state, reason, error);
    }
}
