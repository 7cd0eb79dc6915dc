namespace HassSocket;

/// <summary>Where a connection stands.</summary>
public enum ConnectionState
{
    /// <summary>Not started, or stopped.</summary>
    Stopped,

    /// <summary>Started without a socket; the next command or subscription dials.</summary>
    Idle,

    /// <summary>Dialling and upgrading.</summary>
    Connecting,

    /// <summary>In the handshake.</summary>
    Authenticating,

    /// <summary>Asking again for every subscription.</summary>
    Restoring,

    /// <summary>Open for commands.</summary>
    Ready,

    /// <summary>Waiting before the next attempt.</summary>
    Backoff,

    /// <summary>Given up: only <c>StartAsync</c>, or new credentials where the old ones were the cause, lead out of it.</summary>
    Faulted,
}
