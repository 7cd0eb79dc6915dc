using HassSocket.Sessions;

namespace HassSocket.Subscriptions;

/// <summary>A subscription as it was asked for on one session: it dies with the session, the subscription does not.</summary>
internal sealed class Route(ActiveSubscription subscription, Session session)
{
    private int _isStopped;

    public ActiveSubscription Subscription { get; } = subscription;

    public Session Session { get; } = session;

    /// <summary>The key on the wire; zero until the request is written.</summary>
    public long Key { get; set; }

    /// <summary>Whether the subscription is served over it, or is about to be.</summary>
    public bool IsCurrent => ReferenceEquals(this, Subscription.Current) || ReferenceEquals(this, Subscription.Successor);

    /// <summary>Whether the server has agreed.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Whether the server was known to have settled when it was asked: a refusal is final then.</summary>
    public bool IsLastChance { get; } = session.IsSettled;

    /// <summary>Whether nobody listens any more; items that still come are dropped.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether an item has come.</summary>
    public bool HadItem { get; set; }

    /// <summary>Takes the right to stop it: the server is told once, whoever finds out first that nobody listens.</summary>
    public bool TryStop() => Interlocked.Exchange(ref _isStopped, 1) == 0;
}
