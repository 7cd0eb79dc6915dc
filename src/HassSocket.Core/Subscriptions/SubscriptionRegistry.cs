using System.Buffers;
using System.Text;
using HassSocket.Sessions;
using HassSocket.Streams;
using Microsoft.Extensions.Logging;

namespace HassSocket.Subscriptions;

/// <summary>All wanted subscriptions, in the order of their creation: asked for once in any state, made true on every session.</summary>
/// <remarks>Its lock is taken before a subscription's own; nothing is written to a socket while it is held.</remarks>
internal sealed partial class SubscriptionRegistry
{
    private readonly Lock _lock = new();
    private readonly LinkedList<ActiveSubscription> _all = [];
    private readonly Dictionary<string, ActiveSubscription> _shared = [];
    private readonly HashSet<ActiveSubscription> _waiting = [];
    private readonly TimeProvider _time;
    private readonly RefusalJudge _judge;
    private Session? _session;
    private Session? _successor;
    private long _emptySince;
    private int _wide;
    private bool _isPaused;
    private bool _isCompleted;
    private bool _isWideWarned;

    public SubscriptionRegistry(IDialect dialect, TimeProvider time, ILogger log)
    {
        _time = time;
        _log = log;
        _judge = new RefusalJudge(dialect, this, time);
    }

    public int Count
    {
        get { lock (_lock) return _all.Count; }
    }

    /// <summary>When the last subscription was given up, as a timestamp; zero when none was.</summary>
    public long EmptySince
    {
        get { lock (_lock) return _emptySince; }
    }

    public long MailboxDepth
    {
        get { lock (_lock) return _all.Sum(subscription => subscription.Depth); }
    }

    public bool HoldsWide
    {
        get { lock (_lock) return _wide > 0; }
    }

    /// <summary>How many subscriptions wait for the server to move on, or are being asked for again.</summary>
    public int Waiting
    {
        get { lock (_lock) return _waiting.Count; }
    }

    /// <summary>Told when a subscription is wanted that no socket serves: someone may have to dial.</summary>
    public Action? Wanted { get; set; }

    /// <summary>Logs what an observer of statuses threw.</summary>
    public void ReportObserver(Exception failure) => LogObserverFailed(failure);

    public void Join(StreamConsumer consumer)
    {
        // Encoded before the lock: a source may run a user's code, and may throw, which is the subscriber's to hear.
        var request = Encode(consumer.Source);
        Session? session;
        lock (_lock)
        {
            if (_isCompleted)
            {
                consumer.Status.Stand(SubscriptionState.Ended);
                consumer.Mailbox.Complete();
                return;
            }

            var subscription = FindOrAdd_NeedsLock(consumer.Source, request, out var isNew);
            subscription.Join(consumer, _isPaused);
            session = _successor ?? _session;
            if (isNew && session is not null) Ask_NeedsLock(subscription, session);
        }

        if (session is null) Wanted?.Invoke();
        else session.Kick();
    }

    public void Leave(StreamConsumer consumer)
    {
        Session? session = null;
        lock (_lock)
        {
            if (consumer.Subscription is not { } subscription)
            {
                consumer.Mailbox.Close();
                return;
            }

            if (!subscription.Leave(consumer)) return;
            Remove_NeedsLock(subscription);
            session = Stop_NeedsLock(subscription);
        }

        session?.Kick();
        _judge.Reconsider();
    }

    /// <summary>Asks a new session for everything, in the order of creation; the session writes it when it is kicked.</summary>
    public void Restore(Session session)
    {
        lock (_lock)
        {
            _session = session;
            foreach (var subscription in _all) Ask_NeedsLock(subscription, session);
        }
    }

    /// <summary>Asks a successor for everything, when it is kicked; each subscription moves by itself when the successor has agreed.</summary>
    public void PrepareMove(Session successor)
    {
        lock (_lock)
        {
            _successor = successor;
            foreach (var subscription in _all)
                successor.QueueSubscribe(subscription.Ask(successor, asSuccessor: true), subscription.ResumeToken);
        }
    }

    /// <summary>Whether every subscription has left its old session.</summary>
    public bool HasMoved(Session old)
    {
        lock (_lock) return _all.All(subscription => subscription.Current?.Session != old);
    }

    /// <summary>The successor is the session now; what has not moved yet moves.</summary>
    public void FinishMove(Session successor)
    {
        lock (_lock)
        {
            _session = successor;
            _successor = null;
            foreach (var subscription in _all) subscription.MoveToSuccessor();
        }
    }

    /// <summary>The successor has failed: the old session serves again, also what had moved already.</summary>
    public void MoveBack(Session old)
    {
        lock (_lock)
        {
            _session = old;
            _successor = null;
            foreach (var subscription in _all.Where(one => one.Current is null)) Ask_NeedsLock(subscription, old);
        }
    }

    public void Detach(Session session)
    {
        lock (_lock)
        {
            if (_session == session) _session = null;
            if (_successor == session) _successor = null;
            foreach (var subscription in _all) subscription.Detach(session);
            // What waits after a handover waits for the session that goes on.
            if (_session is null && _successor is null) _waiting.Clear();
        }

        _judge.Detach(session);
    }

    public void OnSubscribed(Route route)
    {
        if (!route.Subscription.Started(route)) StopLate(route);
        lock (_lock) _waiting.Remove(route.Subscription);
        _judge.Reconsider();
    }

    public void OnRefused(Route route, HassSocketException refusal)
    {
        var subscription = route.Subscription;
        if (route.IsClosed || !IsCurrent(route)) return;
        if (_judge.MayWait(route, refusal))
        {
            LogWaiting(subscription.Source.Name, refusal.Message);
            lock (_lock) _waiting.Add(subscription);
            subscription.Wait(refusal.Message, refusal);
            _judge.Reconsider();
            return;
        }

        lock (_lock) Remove_NeedsLock(subscription);
        LogRefused(subscription.Source.Name, refusal.Message);
        subscription.End(SubscriptionState.Refused, refusal);
        _judge.Reconsider();
    }

    public void OnUnsubscribed(Route route)
    {
        if (route.IsClosed || !IsCurrent(route)) return;
        lock (_lock) Remove_NeedsLock(route.Subscription);
        route.Subscription.End(SubscriptionState.Ended, null);
    }

    /// <summary>Asks again for everything that waits.</summary>
    public void RetryWaiting()
    {
        Session? session;
        lock (_lock)
        {
            session = _successor ?? _session;
            if (session is null) return;
            foreach (var subscription in _waiting.Where(one => one.State == SubscriptionState.Waiting)) Ask_NeedsLock(subscription, session);
        }

        session.Kick();
    }

    /// <summary>Asks again for a subscription whose consumers have lost the thread; they get a fresh base.</summary>
    public void Renew(ActiveSubscription subscription)
    {
        Session? session;
        lock (_lock)
        {
            if (subscription.State != SubscriptionState.Active || subscription.Current?.Session != _session) return;
            session = Stop_NeedsLock(subscription);
            if (session is not null) Ask_NeedsLock(subscription, session);
        }

        session?.Kick();
    }

    public void Pause()
    {
        lock (_lock)
        {
            _isPaused = true;
            foreach (var subscription in _all) subscription.Pause(_time.GetUtcNow());
        }
    }

    public void Resume()
    {
        var stale = new List<ActiveSubscription>();
        lock (_lock)
        {
            _isPaused = false;
            foreach (var subscription in _all)
            {
                if (subscription.Resume(_time.GetUtcNow()) && subscription.Source.Sharing == SubscriptionSharing.Snapshot) stale.Add(subscription);
            }
        }

        foreach (var subscription in stale) Renew(subscription);
    }

    /// <summary>The connection is disposed: every stream completes.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isCompleted = true;
            foreach (var subscription in _all) subscription.End(SubscriptionState.Ended, null);
            _all.Clear();
            _shared.Clear();
        }
    }

    private bool IsCurrent(Route route) =>
        ReferenceEquals(route, route.Subscription.Current) || ReferenceEquals(route, route.Subscription.Successor);

    private ActiveSubscription FindOrAdd_NeedsLock(SubscriptionSource source, ReadOnlyMemory<byte> request, out bool isNew)
    {
        var key = source.Sharing == SubscriptionSharing.Shared ? Encoding.UTF8.GetString(request.Span) : null;
        isNew = false;
        if (key is not null && _shared.TryGetValue(key, out var shared)) return shared;
        isNew = true;
        var added = new ActiveSubscription(source, request, key, _time);
        if (key is not null) _shared.Add(key, added);
        _all.AddLast(added);
        if (source.IsWide) CountWide_NeedsLock();
        return added;
    }

    /// <summary>Encodes the request of a subscription that has nothing to resume.</summary>
    public static ReadOnlyMemory<byte> Encode(SubscriptionSource source)
    {
        var body = new ArrayBufferWriter<byte>();
        source.Encode(body, resumeToken: null);
        return body.WrittenMemory;
    }

    private void CountWide_NeedsLock()
    {
        _wide++;
        if (_wide < 2 || _isWideWarned) return;
        _isWideWarned = true;
        LogWide(_wide);
    }

    private static void Ask_NeedsLock(ActiveSubscription subscription, Session session) =>
        session.QueueSubscribe(subscription.Ask(session), subscription.ResumeToken);

    private void Remove_NeedsLock(ActiveSubscription subscription)
    {
        if (!_all.Remove(subscription)) return;
        if (_all.Count == 0) _emptySince = _time.GetTimestamp();
        _waiting.Remove(subscription);
        if (subscription.Source.IsWide) _wide--;
        if (subscription.SharingKey is { } key && _shared.GetValueOrDefault(key) == subscription) _shared.Remove(key);
    }

    /// <summary>Queues the stop of a subscription on the session that serves it, if the server must hear of it now.</summary>
    private static Session? Stop_NeedsLock(ActiveSubscription subscription)
    {
        var route = subscription.Current;
        subscription.Close();
        if (route is null || route.Key == 0 || !route.Session.MayStop(route)) return null;
        route.Session.QueueStop(route);
        return route.Session;
    }

    // The last consumer left while the request was on its way.
    private static void StopLate(Route route)
    {
        route.Session.QueueStop(route);
        route.Session.KickFromReadLoop();
    }
}
