namespace HassSocket;

/// <summary>Whether commands that wait for the socket at the same time leave in one frame.</summary>
public enum BatchCommands
{
    /// <summary>Where the endpoint is known to take batches.</summary>
    Auto,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never: one frame for each command.</summary>
    Never,
}
