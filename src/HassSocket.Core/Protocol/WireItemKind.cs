namespace HassSocket;

/// <summary>The kinds of item that a message can hold.</summary>
public enum WireItemKind
{
    /// <summary>Something that the dialect does not know; counted and logged.</summary>
    Unknown,

    /// <summary>The good answer to a request; for a subscription it means that it has started.</summary>
    Result,

    /// <summary>The bad answer to a request.</summary>
    Error,

    /// <summary>A subscription has started.</summary>
    Started,

    /// <summary>An item of a subscription.</summary>
    Item,

    /// <summary>A subscription has ended by itself, or was stopped.</summary>
    Ended,

    /// <summary>The server asks whether we are alive.</summary>
    Ping,

    /// <summary>The server answers our question whether it is alive.</summary>
    Pong,

    /// <summary>The server says something about the connection itself.</summary>
    Notice,
}
