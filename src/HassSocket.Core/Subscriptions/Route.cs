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

    /// <summary>Whether the server has agreed.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Whether nobody listens any more; items that still come are dropped.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether an item has come.</summary>
    public bool HadItem { get; set; }

    /// <summary>Tells whoever asks first to stop it at the server; a second stop would only be refused.</summary>
    public bool TryStop() => Interlocked.Exchange(ref _isStopped, 1) == 0;
}
