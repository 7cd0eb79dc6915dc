using System.Buffers;
using HassSocket.Sending;
using HassSocket.Transport;

namespace HassSocket.Sessions;

/// <summary>Brings each item of a message to the one it concerns; runs on the read loop, so it never blocks and calls no user code.</summary>
internal sealed partial class Dispatcher(Session session, MessageBuffer buffer, SessionContext context) : IItemSink
{
    // Beyond this an answer keeps the memory of its message; below, a copy is cheaper than holding on to a whole buffer.
    private const int CopyLimit = 16 * 1024;

    public void Take(in WireItem item)
    {
        try
        {
            Dispatch(item);
        }
        catch (Exception error)
        {
            // Each item fails alone: whatever is wrong with this one, the next ones and the connection go on.
            LogItemFailed(session.Number, item.Kind, item.Key, error);
        }
    }

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

    private void Dispatch(in WireItem item)
    {
        switch (item.Kind)
        {
            case WireItemKind.Item:
                TakeItem(item);
                break;
            case WireItemKind.Result or WireItemKind.Started or WireItemKind.Pong:
                TakeAnswer(item);
                break;
            case WireItemKind.Error:
                TakeError(item);
                break;
            case WireItemKind.Ended:
                TakeEnd(item);
                break;
            case WireItemKind.Ping:
                session.QueueControl("pong", context.Dialect.Pong);
                session.KickFromReadLoop();
                break;
            case WireItemKind.Notice:
                context.Owner.OnNotice(session);
                break;
            default:
                TakeStray(item);
                break;
        }
    }

    private void TakeItem(in WireItem item)
    {
        context.Telemetry.Event();
        if (item.Key is { } key && session.Routes.TryGetValue(key, out var route)) route.Subscription.Take(route, item);
        else TakeAnswer(item);
    }

    private void TakeAnswer(in WireItem item)
    {
        if (item.Key is not { } key)
        {
            if (item.Kind == WireItemKind.Pong) session.NotePong();
            else TakeStray(item);
        }
        else if (session.Pending.TryTake(key, out var command))
        {
            if (command.Route is { } route) context.Owner.OnSubscribed(route);
            command.Complete(command.KeepsReply ? ReplyOf(key, item.Payload) : default);
            session.NoteFirstResult();
        }
        else
        {
            TakeStray(item);
        }
    }

    private void TakeError(in WireItem item)
    {
        if (item.Key is not { } key)
        {
            TakeKeylessError(item);
        }
        else if (session.Pending.TryTake(key, out var command))
        {
            Refuse(command, ReadError(item.Payload, command.Name, key));
        }
        else if (session.Routes.TryGetValue(key, out var route))
        {
            var error = ReadError(item.Payload, route.Subscription.Source.Name, key);
            if (error is CommandFailedException failure && !context.Dialect.EndsSubscription(failure))
            {
                TakeStray(item);
                return;
            }

            session.Forget(route);
            context.Owner.OnRefused(route, error);
        }
        else
        {
            TakeStray(item);
        }
    }

    private void TakeKeylessError(in WireItem item)
    {
        var error = ReadError(item.Payload, command: null, key: null);
        context.Telemetry.StrayItem();
        LogKeylessError(session.Number, error.Message);
        // Where it ends nothing it is nobody's, even if one command waits alone: that one's own answer is still to come.
        if (context.Dialect.Facts.KeylessErrorEndsSession)
            session.End(new SessionEnd(EndReason.ServerError, error.Message) { Error = error });
    }

    private void TakeEnd(in WireItem item)
    {
        if (item.Key is { } key && session.Routes.TryRemove(key, out var route))
        {
            _ = session.Pending.TryTake(key, out _);
            context.Owner.OnUnsubscribed(route);
        }
        else
        {
            TakeStray(item);
        }
    }

    private void TakeStray(in WireItem item)
    {
        context.Telemetry.StrayItem();
        if (item.Key is { } key && session.HasGiven(key)) LogLateItem(session.Number, item.Kind, key);
        else LogUnknownItem(session.Number, item.Kind, item.Key);
    }

    private void Refuse(OutgoingCommand command, HassSocketException error)
    {
        if (command.Route is { } route)
        {
            session.Forget(route);
            context.Owner.OnRefused(route, error);
        }
        else if (command.Kind != CommandKind.Request)
        {
            LogRefused(session.Number, command.Name, error.Message);
        }

        // Who posts waits for the write only, and it has been written, even if the send has not returned yet.
        if (command.Kind == CommandKind.Post) command.Complete(default);
        else command.Fail(error);
    }

    private HassSocketException ReadError(in ReadOnlySequence<byte> payload, string? command, long? key)
    {
        try
        {
            return context.Dialect.ReadError(payload, command);
        }
        catch (Exception unreadable)
        {
            return new ProtocolViolationException($"The server refused '{command}' with an error that cannot be read: {unreadable.Message}", unreadable)
            {
                Command = command,
                Key = key,
            };
        }
    }

    private Reply ReplyOf(long key, in ReadOnlySequence<byte> payload) =>
        payload.Length > CopyLimit ? new Reply(key, payload, buffer.Retain()) : Reply.CopyOf(key, payload);
}
