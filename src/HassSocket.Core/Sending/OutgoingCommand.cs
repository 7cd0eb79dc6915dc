using System.Buffers;
using System.Threading.Tasks.Sources;
using HassSocket.Sessions;
using HassSocket.Subscriptions;

namespace HassSocket.Sending;

/// <summary>One command from the call to its end; it ends exactly once, with the answer or a reason.</summary>
/// <remarks>It is what is awaited, and its own place in a list: one object for each call, where many are made.</remarks>
internal sealed class OutgoingCommand(CommandEnvelope envelope, CommandKind kind) : IValueTaskSource<Reply>
{
    private const int Written = 1;
    private const int Ended = 2;
    private const int Over = 4;
    private int _marks;

    // Whoever awaits it is user code at last: it never runs on the thread that brings the answer.
    private ManualResetValueTaskSourceCore<Reply> _answer = new() { RunContinuationsAsynchronously = true };

    public CommandEnvelope Envelope { get; } = envelope;

    public CommandKind Kind { get; } = kind;

    public string Name => Envelope.Name;

    /// <summary>Its answer, or why there is none; awaited once, and by nobody where nobody cares.</summary>
    public ValueTask<Reply> Answer => new(this, _answer.Version);

    /// <summary>The one list it stands in: first of those that wait to be written, then of those that wait for an answer.</summary>
    public CommandList? List { get; set; }

    public OutgoingCommand? Previous { get; set; }

    public OutgoingCommand? Next { get; set; }

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
        if (TryEnd()) _answer.SetResult(reply);
        else reply.Dispose();
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
        Complete(default);
    }

    /// <summary>Ends without an answer.</summary>
    public void Fail(Exception reason)
    {
        if (TryEnd()) _answer.SetException(reason);
    }

    /// <summary>Its answer, or nothing where there is none; for the engine's own, which ask again at another time.</summary>
    public async Task<Reply?> AnswerOrNullAsync()
    {
        try
        {
            return await Answer.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Why it failed was logged, or is the end of the session.
            return null;
        }
    }

    Reply IValueTaskSource<Reply>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<Reply>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<Reply>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);

    private bool TryEnd() => (Interlocked.Or(ref _marks, Over) & Over) == 0;
}
