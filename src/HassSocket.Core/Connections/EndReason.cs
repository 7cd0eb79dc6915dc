namespace HassSocket;

/// <summary>Why there is no connection, or no longer one.</summary>
public enum EndReason
{
    /// <summary>Nothing ended.</summary>
    None,

    /// <summary>We were asked to stop, or never started.</summary>
    Stopped,

    /// <summary>The name of the server could not be resolved.</summary>
    NameResolution,

    /// <summary>Nothing listens there, or the network has no way to it.</summary>
    Refused,

    /// <summary>The server's certificate is not trusted, or TLS failed otherwise.</summary>
    Tls,

    /// <summary>The server answered the upgrade with an HTTP status.</summary>
    HttpStatus,

    /// <summary>The upgrade, or a token provider before it, took longer than <see cref="ConnectionOptions.ConnectTimeout"/>.</summary>
    ConnectTimeout,

    /// <summary>The handshake took longer than <see cref="ConnectionOptions.HandshakeTimeout"/>.</summary>
    HandshakeTimeout,

    /// <summary>The server rejected our credentials.</summary>
    AuthenticationRejected,

    /// <summary>The server closed the socket.</summary>
    ClosedByServer,

    /// <summary>The socket broke without a farewell.</summary>
    ConnectionLost,

    /// <summary>The line fell silent: no sign of life within <see cref="ConnectionOptions.PongTimeout"/>.</summary>
    HeartbeatTimeout,

    /// <summary>The server said something that cannot be read.</summary>
    ProtocolViolation,

    /// <summary>The server ended the session with an error.</summary>
    ServerError,

    /// <summary>We sent more than <see cref="ConnectionOptions.SocketCrashRequestsPerSec"/>.</summary>
    TrafficLimit,

    /// <summary>A successor took over, as the server asked.</summary>
    Handover,

    /// <summary>Nothing needed the socket any more.</summary>
    IdleClose,

    /// <summary>The reconnect pipeline of the user gave up, or something else that no retry can mend.</summary>
    GaveUp,
}
