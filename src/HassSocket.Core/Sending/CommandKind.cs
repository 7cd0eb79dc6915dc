namespace HassSocket.Sending;

/// <summary>How a command is treated on its way.</summary>
internal enum CommandKind
{
    /// <summary>Awaited until its answer comes.</summary>
    Request,

    /// <summary>Awaited until it is written.</summary>
    Post,

    /// <summary>Sent by the engine itself: passes a pause, is not counted as traffic.</summary>
    Control,

    /// <summary>Like <see cref="Control"/>, and asks for a subscription: waits its turn when too much is in flight.</summary>
    Subscribe,

    /// <summary>The same for the end of a subscription.</summary>
    Stop,
}
