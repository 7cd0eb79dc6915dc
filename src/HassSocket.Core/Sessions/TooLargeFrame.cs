using HassSocket.Sending;

namespace HassSocket.Sessions;

/// <summary>Finds out which message was too large for the server, so that it is not sent again.</summary>
/// <remarks>
/// The server does not say which. What it took is at most as large as its limit, and what is unanswered is either taken or above
/// it; so the largest unanswered message is above it, if any is.
/// </remarks>
internal static class TooLargeFrame
{
    /// <summary>The close code by which a server, or a proxy, says that a message was too large.</summary>
    public const int CloseCode = 1009;

    public static void Blame(IReadOnlyList<OutgoingCommand> unanswered, SessionContext context)
    {
        if (unanswered.MaxBy(command => command.Frame.Bytes) is not { } largest) return;
        if (largest.Frame.Commands > 1)
        {
            // Each of them may be small enough: the next frames are half as large, down to single commands.
            context.Limits.BatchBytes = Math.Min(context.Limits.BatchBytes, largest.Frame.Bytes / 2);
        }
        else if (largest.Route is { } route)
        {
            // A call is not sent again anyway; a subscription would be, with every new session, for ever.
            context.Owner.OnRefused(route, new ProtocolViolationException(
                $"'{largest.Name}' is given up: its request has {largest.Frame.Bytes:N0} bytes, and the server hung up on it (close code 1009, too large). " +
                "Ask for less at a time, or raise the server's limit.")
            { Command = largest.Name, Key = largest.Key });
        }
    }
}
