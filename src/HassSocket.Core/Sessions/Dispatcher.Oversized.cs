using System.Buffers;

namespace HassSocket.Sessions;

/// <content>Messages that were too large to be kept: whose they were, as far as their beginning tells.</content>
internal sealed partial class Dispatcher
{
    /// <summary>A message was too large to be kept: its command or subscription hears of it, and the session lives on, unless others may be concerned.</summary>
    public void RefuseOversized()
    {
        var size = $"{buffer.TotalBytes:N0} bytes, more than the {context.Options.MaxMessageBytes:N0} that MaxMessageBytes allows";
        var isToBlame = context.Dialect.FindKey(buffer.Beginning) is { } key && (RefuseCommand(key, size) || RefuseSubscription(key, size));
        if (isToBlame && !MayBeBatch(buffer.Beginning))
        {
            session.KickFromReadLoop();
            return;
        }

        // Whose answers were in it cannot be told, so all that wait must hear of it. What is to blame is not restored;
        // where that is not known, the next attempt takes its time.
        var why = $"a message of the server was thrown away: it has {size}. Raise MaxMessageBytes, or subscribe to less";
        LogOversized(session.Number, why);
        session.End(new SessionEnd(EndReason.ProtocolViolation, why) { IsSlow = !isToBlame });
    }

    private bool RefuseCommand(long key, string size)
    {
        if (!session.Pending.TryTake(key, out var command)) return false;
        var error = new ProtocolViolationException($"The answer to '{command.Name}' was thrown away: it has {size}. Raise MaxMessageBytes, or ask for less.")
        { Command = command.Name, Key = key };
        LogOversized(session.Number, error.Message);
        if (command.Route is { } asked) session.QueueStop(asked);
        Refuse(command, error);
        return true;
    }

    private bool RefuseSubscription(long key, string size)
    {
        if (!session.Routes.TryGetValue(key, out var route)) return false;
        var name = route.Subscription.Source.Name;
        var error = new ProtocolViolationException($"An item of '{name}' was thrown away: it has {size}. Raise MaxMessageBytes, or ask for less.")
        { Command = name, Key = key };
        LogOversized(session.Number, error.Message);
        context.Owner.OnRefused(route, error);
        session.QueueStop(route);
        return true;
    }

    private bool MayBeBatch(in ReadOnlySequence<byte> beginning)
    {
        var opening = context.Dialect.Facts.Batch.Begin.Span;
        return opening.Length > 0 && beginning.Length >= opening.Length && beginning.FirstSpan.StartsWith(opening);
    }
}
