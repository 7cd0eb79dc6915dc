namespace HassSocket;

/// <summary>Why items were missed.</summary>
public enum GapReason
{
    /// <summary>The connection was lost and came back.</summary>
    Reconnect,

    /// <summary>Messages were paused.</summary>
    Pause,

    /// <summary>The consumer was too slow, and its mailbox dropped items.</summary>
    Dropped,
}
