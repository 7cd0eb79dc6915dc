namespace HassSocket.Endurance.Histories;

/// <summary>A bug that is put into the line on purpose, to show that the histories would find it in the client.</summary>
internal enum Defect
{
    None,

    /// <summary>An answer to a command is thrown away.</summary>
    LostReply,

    /// <summary>Events come twice.</summary>
    DoubledEvent,

    /// <summary>Events that come together come in the wrong order.</summary>
    SwappedEvents,

    /// <summary>An unsubscribe never arrives, and is answered all the same.</summary>
    LeakedSubscription,

    /// <summary>A subscription of a second or later connection never arrives, and is answered all the same.</summary>
    MissedRestore,
}
