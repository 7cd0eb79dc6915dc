using System.Buffers;
using System.Text;
using HassSocket.Sessions;

namespace HassSocket.Subscriptions;

/// <summary>The wanted subscriptions in the order of their creation, and the sessions that serve them; guarded by the lock of its registry.</summary>
internal sealed class WantedSubscriptions(TimeProvider time)
{
    private readonly LinkedList<ActiveSubscription> _all = [];
    private readonly Dictionary<object, ActiveSubscription> _shared = [];
    private readonly HashSet<ActiveSubscription> _waiting = [];
    private bool _isWideWarned;

    public IReadOnlyCollection<ActiveSubscription> All => _all;

    /// <summary>Those that wait for the server to move on, or are being asked for again.</summary>
    public HashSet<ActiveSubscription> Waiting => _waiting;

    /// <summary>The session that serves them, and the one that is about to; <see langword="null"/> without a connection.</summary>
    public (Session? Current, Session? Next) Sessions { get; private set; }

    /// <summary>The session that is asked for what is new.</summary>
    public Session? Newest => Sessions.Next ?? Sessions.Current;

    /// <summary>How many of them hear of everything that happens.</summary>
    public int Wide { get; private set; }

    /// <summary>Notices consumers that pile up with every session.</summary>
    public RejoinWatch Rejoins { get; } = new();

    /// <summary>When the last one was taken out, as a timestamp; zero when none was.</summary>
    public long EmptySince { get; private set; }

    public ActiveSubscription FindOrAdd(SubscriptionSource source, ReadOnlyMemory<byte> request, out bool isNew)
    {
        // Latin-1 gives each byte a character of its own: two keys are equal exactly when the bytes are.
        object? key = source.Sharing == SubscriptionSharing.Shared ? Encoding.Latin1.GetString(request.Span) : source.Fold;
        isNew = false;
        if (key is not null && _shared.TryGetValue(key, out var shared)) return shared;
        isNew = true;
        var added = new ActiveSubscription(source, request, key, time);
        if (key is not null) _shared.Add(key, added);
        _all.AddLast(added.Node);
        if (source.IsWide) Wide++;
        return added;
    }

    /// <summary>Takes one out.</summary>
    /// <returns><see langword="false"/> when it was not wanted any more.</returns>
    public bool Remove(ActiveSubscription subscription)
    {
        if (!ReferenceEquals(subscription.Node.List, _all)) return false;
        _all.Remove(subscription.Node);
        if (_all.Count == 0) EmptySince = time.GetTimestamp();
        _waiting.Remove(subscription);
        if (subscription.Source.IsWide) Wide--;
        if (subscription.SharingKey is { } key) _shared.Remove(key);
        return true;
    }

    /// <summary>Whether there is more than one wide one, and nobody was warned yet.</summary>
    public bool MustWarnOfWide()
    {
        if (Wide < 2 || _isWideWarned) return false;
        _isWideWarned = true;
        return true;
    }

    /// <summary>Encodes the request of a subscription that has nothing to resume.</summary>
    public static ReadOnlyMemory<byte> Encode(SubscriptionSource source)
    {
        var body = new ArrayBufferWriter<byte>();
        source.Encode(body, resumeToken: null);
        return body.WrittenMemory;
    }

    /// <summary>Asks a session for a subscription; the session writes it when it is kicked.</summary>
    public static void Ask(ActiveSubscription subscription, Session session) =>
        session.QueueSubscribe(subscription.Ask(session), subscription.ResumeToken);

    /// <summary>Asks the same session once more; the session writes it when it is kicked.</summary>
    public static void AskAgain(Route refused)
    {
        var subscription = refused.Subscription;
        var again = subscription.Ask(refused.Session, asSuccessor: ReferenceEquals(refused, subscription.Successor));
        refused.Session.QueueSubscribe(again, subscription.ResumeToken);
    }

    /// <summary>Queues the stop of a subscription on the session that serves it, if the server must hear of it now.</summary>
    public static Session? Stop(ActiveSubscription subscription)
    {
        var route = subscription.Current;
        subscription.Close();
        if (route is null || route.Key == 0 || !route.Session.MayStop(route)) return null;
        route.Session.QueueStop(route);
        return route.Session;
    }

    /// <summary>The server serves one: it does not wait any more.</summary>
    public void NoteServed(Route route)
    {
        if (route.IsCurrent) _waiting.Remove(route.Subscription);
    }

    /// <summary>Asks again for everything that waits.</summary>
    /// <returns>The session that writes it when it is kicked.</returns>
    public Session? RetryWaiting()
    {
        if (Newest is not { } session) return null;
        foreach (var subscription in _waiting.Where(one => one.State == SubscriptionState.Waiting)) Ask(subscription, session);
        return session;
    }

    public void Restore(Session session)
    {
        Sessions = (session, null);
        foreach (var subscription in _all) Ask(subscription, session);
    }

    public void PrepareMove(Session successor)
    {
        Sessions = (Sessions.Current, successor);
        foreach (var subscription in _all)
            successor.QueueSubscribe(subscription.Ask(successor, asSuccessor: true), subscription.ResumeToken);
    }

    public void FinishMove(Session successor)
    {
        Sessions = (successor, null);
        foreach (var subscription in _all) subscription.MoveToSuccessor();
    }

    public void MoveBack(Session old)
    {
        Sessions = (old, null);
        // What had moved has been left behind there, and the server still serves it to nobody.
        foreach (var (_, left) in old.Routes)
        {
            if (left.IsClosed && old.MayStop(left)) old.QueueStop(left);
        }

        foreach (var subscription in _all.Where(one => one.Current is null)) Ask(subscription, old);
    }

    public void Detach(Session session)
    {
        var (current, next) = Sessions;
        Sessions = (current == session ? null : current, next == session ? null : next);
        foreach (var subscription in _all) subscription.Detach(session, isLast: Newest is null);
        // What waits after a handover waits for the session that goes on; any other is asked for everything anyway.
        if (Newest is null) _waiting.Clear();
    }

    public void Pause()
    {
        foreach (var subscription in _all) subscription.Pause(time.GetUtcNow());
    }

    /// <summary>Ends a pause.</summary>
    /// <returns>Those that go on with differences, and have missed some.</returns>
    public IReadOnlyList<ActiveSubscription> Resume()
    {
        var missed = _all.Where(subscription => subscription.Resume(time.GetUtcNow())).ToList();
        return missed.FindAll(subscription => subscription.Source is { Sharing: SubscriptionSharing.Snapshot, Fold: null });
    }

    /// <summary>No server will be asked any more: every stream completes.</summary>
    public void End()
    {
        foreach (var subscription in _all) subscription.End(SubscriptionState.Ended, null);
        _all.Clear();
        _shared.Clear();
        _waiting.Clear();
        Wide = 0;
    }
}
