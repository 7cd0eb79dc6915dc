using HassSocket.Sessions;
using HassSocket.Streams;
using Microsoft.Extensions.Logging;

namespace HassSocket.Subscriptions;

/// <summary>All wanted subscriptions, in the order of their creation: asked for once in any state, made true on every session.</summary>
/// <remarks>Its lock is taken before a subscription's own; nothing is written to a socket while it is held.</remarks>
internal sealed partial class SubscriptionRegistry
{
    private readonly Lock _lock = new();
    private readonly WantedSubscriptions _wanted;
    private readonly RefusalJudge _judge;
    private bool _isPaused;
    private bool _isCompleted;

    public SubscriptionRegistry(IDialect dialect, TimeProvider time, ILogger log)
    {
        _log = log;
        _wanted = new WantedSubscriptions(time);
        _judge = new RefusalJudge(dialect, this, time);
    }

    public int Count
    {
        get { lock (_lock) return _wanted.All.Count; }
    }

    /// <summary>When the last subscription was given up, as a timestamp; zero when none was.</summary>
    public long EmptySince
    {
        get { lock (_lock) return _wanted.EmptySince; }
    }

    public long MailboxDepth
    {
        get { lock (_lock) return _wanted.All.Sum(subscription => subscription.Depth); }
    }

    public bool HoldsWide
    {
        get { lock (_lock) return _wanted.Wide > 0; }
    }

    /// <summary>How many subscriptions wait for the server to move on, or are being asked for again.</summary>
    public int Waiting
    {
        get { lock (_lock) return _wanted.Waiting.Count; }
    }

    /// <summary>Told when a subscription has been given up: a handover may have waited for it.</summary>
    public Action? Left { get; set; }

    /// <summary>Told when a subscription is wanted that no socket serves: someone may have to dial.</summary>
    public Action? Wanted { get; set; }

    public void Join(StreamConsumer consumer)
    {
        // Encoded before the lock: a source may run a user's code, and may throw, which is the subscriber's to hear.
        var request = WantedSubscriptions.Encode(consumer.Source);
        Session? session;
        var (wide, isRejoined) = (0, false);
        lock (_lock)
        {
            if (_isCompleted)
            {
                consumer.Status.Stand(SubscriptionState.Ended);
                consumer.Mailbox.Complete();
                return;
            }

            var subscription = _wanted.FindOrAdd(consumer.Source, request, out var isNew);
            subscription.Join(consumer, _isPaused);
            session = _wanted.Newest;
            if (isNew && session is not null) WantedSubscriptions.Ask(subscription, session);
            if (_wanted.MustWarnOfWide()) wide = _wanted.Wide;
            isRejoined = _wanted.Rejoins.Note(consumer, request);
        }

        if (isRejoined) LogRejoined(consumer.Source.Name);
        if (wide > 0) LogWide(wide);
        if (session is null) Wanted?.Invoke();
        else session.Kick();
    }

    public void Leave(StreamConsumer consumer)
    {
        Session? session;
        lock (_lock)
        {
            _wanted.Rejoins.Forget(consumer);
            if (consumer.Subscription is not { } subscription)
            {
                consumer.Mailbox.Close();
                return;
            }

            // A subscription that has ended by itself needs no stop.
            if (!subscription.Leave(consumer) || !_wanted.Remove(subscription)) return;
            session = WantedSubscriptions.Stop(subscription);
        }

        session?.Kick();
        _judge.Reconsider();
        Left?.Invoke();
    }

    /// <summary>Asks a new session for everything, in the order of creation; the session writes it when it is kicked.</summary>
    public void Restore(Session session)
    {
        lock (_lock) _wanted.Restore(session);
    }

    /// <summary>Asks a successor for everything, when it is kicked; each subscription moves by itself when the successor has agreed.</summary>
    public void PrepareMove(Session successor)
    {
        lock (_lock) _wanted.PrepareMove(successor);
    }

    /// <summary>Whether every subscription has left its old session.</summary>
    public bool HasMoved(Session old)
    {
        lock (_lock) return _wanted.All.All(subscription => subscription.Current?.Session != old);
    }

    /// <summary>The successor is the session now; what has not moved yet moves.</summary>
    public void FinishMove(Session successor)
    {
        lock (_lock) _wanted.FinishMove(successor);
    }

    /// <summary>The successor has failed: the old session serves again, also what had moved already.</summary>
    public void MoveBack(Session old)
    {
        lock (_lock) _wanted.MoveBack(old);
    }

    public void Detach(Session session)
    {
        lock (_lock) _wanted.Detach(session);
        _judge.Detach(session);
    }

    public void OnSubscribed(Route route)
    {
        if (!route.Subscription.Started(route))
        {
            // The last consumer left while the request was on its way.
            route.Session.QueueStop(route);
            route.Session.KickFromReadLoop();
        }

        lock (_lock) _wanted.NoteServed(route);
        _judge.Reconsider();
    }

    public void OnRefused(Route route, HassSocketException refusal)
    {
        var subscription = route.Subscription;
        bool waits;
        lock (_lock)
        {
            // One that nobody wants any more, or of a session that has ended meanwhile, changes nothing.
            if (route.IsClosed || !route.IsCurrent) return;
            if (_judge.AsksAgain(route, refusal)) return;
            waits = subscription.Signal is null && _judge.MayWait(route, refusal);
            if (waits)
            {
                subscription.Wait(refusal);
                _wanted.Waiting.Add(subscription);
            }
            else
            {
                _wanted.Remove(subscription);
                subscription.End(SubscriptionState.Refused, refusal);
            }
        }

        if (waits) LogWaiting(subscription.Source.Name, refusal.Message);
        else LogRefused(subscription.Source.Name, refusal.Message);
        _judge.Reconsider();
    }

    public void OnUnsubscribed(Route route)
    {
        lock (_lock)
        {
            if (route.IsClosed || !route.IsCurrent) return;
            _wanted.Remove(route.Subscription);
            route.Subscription.End(SubscriptionState.Ended, null);
        }

        _judge.Reconsider();
    }

    /// <summary>Asks again for everything that waits.</summary>
    /// <returns>The session that must be kicked to write it.</returns>
    public Session? RetryWaiting()
    {
        lock (_lock) return _wanted.RetryWaiting();
    }

    /// <summary>Asks again for a subscription whose consumers have lost the thread; they get a fresh base.</summary>
    public void Renew(ActiveSubscription subscription)
    {
        Session session;
        lock (_lock)
        {
            // Where the base is still to come, also from a successor, nothing is lost.
            if (subscription.Successor is not null || subscription.Current is not { IsClosed: false } route || !(route.IsStarted || route.HadItem)) return;
            session = route.Session;
            WantedSubscriptions.Stop(subscription);
            WantedSubscriptions.Ask(subscription, session);
        }

        // Never on this thread: it may hold the lock of a pause, and is no writer.
        session.KickFromReadLoop();
    }

    public void Pause()
    {
        lock (_lock)
        {
            _isPaused = true;
            _wanted.Pause();
        }
    }

    public void Resume()
    {
        IReadOnlyList<ActiveSubscription> stale;
        lock (_lock)
        {
            _isPaused = false;
            stale = _wanted.Resume();
        }

        foreach (var subscription in stale) Renew(subscription);
    }

    /// <summary>The connection is disposed: every stream completes.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isCompleted = true;
            _wanted.End();
        }
    }
}
