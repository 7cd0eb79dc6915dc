namespace HassSocket;

/// <summary>How a subscription stands with the server.</summary>
public enum SubscriptionState
{
    /// <summary>Wanted, but not yet answered: no connection, or the answer is on its way.</summary>
    Pending,

    /// <summary>The server has agreed.</summary>
    Active,

    /// <summary>The server cannot serve it yet; asked for again when it moves on.</summary>
    Waiting,

    /// <summary>The server has refused it for good.</summary>
    Refused,

    /// <summary>It has ended: the server said so, or the connection was disposed.</summary>
    Ended,
}
