using System.Buffers;
using HassSocket.Sessions;
using HassSocket.Subscriptions;

namespace HassSocket.Sending;

/// <summary>One command from the call to its end; as a task it completes exactly once, with the answer or a reason.</summary>
internal sealed class OutgoingCommand : TaskCompletionSource<Reply>
{
    private const int Written = 1;
    private const int Ended = 2;
    private int _marks;

    public OutgoingCommand(CommandEnvelope envelope, CommandKind kind)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Envelope = envelope;
        Kind = kind;
        Node = new LinkedListNode<OutgoingCommand>(this);
    }

    public CommandEnvelope Envelope { get; }

    public CommandKind Kind { get; }

    public string Name => Envelope.Name;

    /// <summary>Its place in the one list it stands in: first of those that wait to be written, then of those that wait for an answer.</summary>
    public LinkedListNode<OutgoingCommand> Node { get; }

    /// <summary>The route that its answer confirms; only for <see cref="CommandKind.Subscribe"/>.</summary>
    public Route? Route { get; init; }

    /// <summary>Whether the body is a whole message that takes no key and is never answered.</summary>
    public bool IsBare { get; init; }

    /// <summary>Whether somebody reads the payload of the answer; else it is not even copied.</summary>
    public bool KeepsReply { get; init; }

    /// <summary>The correlation key; zero until the writer gives it.</summary>
    public long Key { get; set; }

    /// <summary>The frame that it left in: its size, and how many commands were in it.</summary>
    public (int Bytes, int Commands) Frame { get; set; }

    /// <summary>The timestamp at which its wait in the current list ends.</summary>
    public long Due { get; set; }

    /// <summary>When it was written, as a timestamp.</summary>
    public long WrittenAt { get; set; }

    /// <summary>Whether it counts against <see cref="ConnectionOptions.MaxInFlight"/>.</summary>
    public bool HoldsPlace { get; set; }

    /// <summary>Whether the engine sends it by itself.</summary>
    public bool IsControl => Kind is not (CommandKind.Request or CommandKind.Post);

    /// <summary>Whether it was dropped because of a pause, as it asked for.</summary>
    public bool WasDropped { get; private set; }

    /// <summary>Completes with a copy of the answer; memory goes back at once when nobody waits any more.</summary>
    public void Complete(Reply reply)
    {
        if (!TrySetResult(reply)) reply.Dispose();
    }

    /// <summary>Its frame was written.</summary>
    /// <returns>Whether its session has ended meanwhile.</returns>
    public bool NoteWritten() => (Interlocked.Or(ref _marks, Written) & Ended) != 0;

    /// <summary>Its session has ended, and nobody will answer it any more.</summary>
    public void EndWith(SessionEnd end)
    {
        // A server that was told to stop or restart closes instead of answering: for that command the end is the answer,
        // provided that it was written. Where the write has not returned yet, the writer completes or fails it.
        if (Envelope.ReplyAtSessionEnd.IsEmpty || end.IsOurs) Fail(end.ToException(Name));
        else if ((Interlocked.Or(ref _marks, Ended) & Written) != 0) CompleteByEnd();
    }

    /// <summary>Completes with the answer that the end of the session means.</summary>
    public void CompleteByEnd() => Complete(Reply.CopyOf(Key, new ReadOnlySequence<byte>(Envelope.ReplyAtSessionEnd)));

    /// <summary>Completes a posted command that will never leave.</summary>
    public void Drop()
    {
        Envelope.ReturnBody();
        WasDropped = true;
        TrySetResult(default);
    }

    /// <summary>Ends without an answer; the task counts as observed, since nobody may be waiting for it.</summary>
    public void Fail(Exception reason)
    {
        if (TrySetException(reason)) _ = Task.Exception;
    }
}
