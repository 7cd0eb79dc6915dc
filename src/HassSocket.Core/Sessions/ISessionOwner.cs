using HassSocket.Subscriptions;

namespace HassSocket.Sessions;

/// <summary>What a session tells the connection that owns it. Nothing here may block: the read loop calls it.</summary>
internal interface ISessionOwner
{
    /// <summary>Whether a wide subscription is held, so that a burst may be why the server hung up.</summary>
    bool HoldsWide { get; }

    /// <summary>The session has ended; told once, before its waiters are.</summary>
    void OnEnded(Session session, SessionEnd end);

    /// <summary>The server has agreed to a subscription.</summary>
    void OnSubscribed(Route route);

    /// <summary>The server has refused a subscription, or ended it with an error.</summary>
    void OnRefused(Route route, HassSocketException refusal);

    /// <summary>The server has ended a subscription.</summary>
    void OnUnsubscribed(Route route);

    /// <summary>The server has said something about the connection itself.</summary>
    void OnNotice(Session session);

    /// <summary>We send more than is healthy.</summary>
    void OnTrafficWarning(TrafficWarning warning);
}
