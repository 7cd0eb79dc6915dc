namespace HassSocket;

/// <summary>What an error that belongs to no command is about.</summary>
public enum KeylessErrorCause
{
    /// <summary>Nothing that could be told: it is nobody's, even if one command waits alone.</summary>
    Unknown,

    /// <summary>A request that the server could not read; where only one can be meant, it is the one.</summary>
    Request,

    /// <summary>The session as a whole: the server is about to end it, and this is why.</summary>
    Session,

    /// <summary>Our ping, if one is unanswered: the server does not know pings, which proves its life as well.</summary>
    Ping,
}
