namespace HassSocket.Tests.Replay;

/// <summary>What became of a line; the list is closed.</summary>
internal enum Verdict
{
    /// <summary>Nobody has said what becomes of it.</summary>
    Unclassified,

    /// <summary>A message of the client that went through its public API.</summary>
    Called,

    /// <summary>A message that the client says by itself; compared by its shape.</summary>
    Itself,

    /// <summary>A message about a subscription that is shared: matched to the one that is on the wire, and not said twice.</summary>
    Shared,

    /// <summary>A message that no call of the public API can make the client send.</summary>
    CannotSend,

    /// <summary>The recorder kept only the beginning of the text.</summary>
    Cut,

    /// <summary>A message of the server that the client was told.</summary>
    Fed,

    /// <summary>An HTTP exchange beside the socket.</summary>
    Http,

    /// <summary>The end of a socket.</summary>
    CloseFrame,

    /// <summary>No message: a note, or something about the line.</summary>
    Note,
}
