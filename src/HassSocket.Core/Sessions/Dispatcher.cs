using System.Buffers;
using HassSocket.Sending;
using HassSocket.Subscriptions;
using HassSocket.Transport;

namespace HassSocket.Sessions;

/// <summary>Brings each item of a message to the one it concerns; runs on the read loop, so it never blocks and calls no user code.</summary>
internal sealed partial class Dispatcher(Session session, MessageBuffer buffer, SessionContext context) : IItemSink
{
    // Beyond this an answer keeps the memory of its message; below, a copy is cheaper than holding on to a whole buffer.
    private const int CopyLimit = 16 * 1024;

    private readonly Complaint _complaint = new();
    private long _unknown;
    private int _answers;

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

    /// <summary>How many got their answer since this was last asked.</summary>
    public int TakeAnswers()
    {
        var answers = _answers;
        _answers = 0;
        return answers;
    }

    /// <summary>Gives an end its reason, if the server told it before it hung up.</summary>
    public SessionEnd Explain(SessionEnd end) => _complaint.Explain(end);

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
        if (item.Key is { } key && session.Routes.TryGetValue(key, out var route))
        {
            context.Telemetry.Event();
            NoteResult();
            route.Subscription.Take(route, item);
        }
        else
        {
            // In some protocols the answer to a request looks like an item.
            TakeAnswer(item);
        }
    }

    private void TakeAnswer(in WireItem item)
    {
        if (item.Key is not { } key)
        {
            if (item.Kind == WireItemKind.Pong) _ = session.TakePong();
            else TakeStray(item);
        }
        else if (session.Pending.TryTake(key, out var command))
        {
            if (command.Route is { } route) context.Owner.OnSubscribed(route);
            command.Complete(command.KeepsReply ? ReplyOf(key, item.Payload) : default);
            _answers++;
            NoteResult();
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
            if (error is CommandFailedException failure && !context.Dialect.EndsSubscription(failure)) TakeStray(item);
            else RefuseRoute(route, error);
        }
        else
        {
            TakeStray(item);
        }
    }

    private void TakeKeylessError(in WireItem item)
    {
        var error = ReadError(item.Payload, command: null, key: null);
        var failure = error as CommandFailedException;
        var cause = failure is null ? KeylessErrorCause.Unknown : context.Dialect.CauseOf(failure);
        if (cause == KeylessErrorCause.Ping && session.TakePong()) return;
        context.Telemetry.StrayItem();
        LogKeylessError(session.Number, error.Message);
        if (context.Dialect.Facts.KeylessErrorEndsSession)
        {
            session.End(new SessionEnd(EndReason.ServerError, error.Message) { Error = error });
            return;
        }

        // Then it is nobody's, even if one command waits alone: that one's own answer is still to come.
        if (cause == KeylessErrorCause.Unknown) return;
        // A subscription outlives the session that is refused here; a call does not.
        var only = session.Pending.Only();
        if (only is not null && (only.Route is null || cause != KeylessErrorCause.Session) && session.Pending.TryTake(only.Key, out var command))
            Refuse(command, error);
        _complaint.Note(failure);
    }

    private void TakeEnd(in WireItem item)
    {
        if (item.Key is { } key && session.Routes.TryRemove(key, out var route))
        {
            _ = session.Pending.TryTake(key, out _);
            context.Owner.OnUnsubscribed(route);
            StopEnded(route);
        }
        else
        {
            TakeStray(item);
        }
    }

    private void TakeStray(in WireItem item)
    {
        if (item.Kind == WireItemKind.Item) context.Telemetry.Event();
        context.Telemetry.StrayItem();
        if (item.Key is { } key && session.HasGiven(key)) LogLateItem(session.Number, item.Kind, key);
        // A server that goes mad may send a million of them: told at doubling distances, counted all the same.
        else if (long.IsPow2(++_unknown)) LogUnknownItem(session.Number, item.Kind, item.Key);
    }

    private void Refuse(OutgoingCommand command, HassSocketException error)
    {
        if (command.Route is { } route)
        {
            // What is refused in the words of the complaint before it is the session: it ends, and the next one is asked anew.
            if (!_complaint.IsRepeatedBy(error)) RefuseRoute(route, error);
        }
        else if (command.Kind != CommandKind.Request)
        {
            LogRefused(session.Number, command.Name, error.Message);
        }

        // Who posts waits for the write only, and it has been written, even if the send has not returned yet.
        if (command.Kind == CommandKind.Post) command.Complete(default);
        else command.Fail(error);
    }

    private void NoteResult()
    {
        _complaint.Forget();
        if (!session.FirstResult.IsCompleted) session.NoteFirstResult();
    }

    private void RefuseRoute(Route route, HassSocketException error)
    {
        session.Forget(route);
        context.Owner.OnRefused(route, error);
        if (route.IsStarted || route.HadItem) StopEnded(route);
    }

    private void StopEnded(Route route)
    {
        if (!context.Dialect.Facts.StopFollowsEnd) return;
        session.QueueStop(route);
        session.KickFromReadLoop();
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
        payload.Length > CopyLimit ? new Reply(key, buffer.Retain(payload)) : Reply.CopyOf(key, payload);
}
