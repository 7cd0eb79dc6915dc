using System.Buffers;
using System.Collections.Concurrent;
using HassSocket.Sending;
using HassSocket.Subscriptions;
using HassSocket.Transport;

namespace HassSocket.Sessions;

/// <summary>One life of one authenticated socket: reads, dispatches, writes, and ends exactly once.</summary>
internal sealed partial class Session : IAsyncDisposable
{
    private readonly ITransport _transport;
    private readonly SessionContext _context;
    private readonly Heartbeat _heartbeat;
    private readonly Pinger _pinger;
    private readonly MessageBuffer _buffer;
    private readonly Writer _writer;
    private readonly Reader _reader;
    private readonly TaskCompletionSource<SessionEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstResult = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _openedAt;
    private Task _readLoop = Task.CompletedTask;
    private SessionEnd? _end;
    private SessionEnd? _goodbye;
    private Task? _funeral;

    public Session(int number, ITransport transport, MessageBuffer buffer, string? serverVersion, SessionContext context)
    {
        Number = number;
        ServerVersion = serverVersion;
        _transport = transport;
        _buffer = buffer;
        _context = context;
        _log = context.Log;
        _openedAt = context.Time.GetTimestamp();
        _writer = new Writer(this, context);
        Pending = new PendingReplies(context.Options, context.Time, _writer.KickFromPool);
        _pinger = new Pinger(this, context);
        _heartbeat = new Heartbeat(context.Options, context.Time, () => buffer.Received, _pinger.Ping, NoSignOfLife);
        var dispatcher = new Dispatcher(this, buffer, context);
        _reader = new Reader(transport, buffer, dispatcher, _heartbeat, context);
    }

    /// <summary>The generation: frames, timers and routes of an old session can touch nothing of a new one.</summary>
    public int Number { get; }

    public string? ServerVersion { get; }

    public PendingReplies Pending { get; }

    /// <summary>Where items go, by key. Routes of ended subscriptions stay until the server has agreed, so that late items are known.</summary>
    public ConcurrentDictionary<long, Route> Routes { get; } = new();

    /// <summary>Why it ended; completes once.</summary>
    public Task<SessionEnd> Ended => _ended.Task;

    /// <summary>Completes with the first good answer.</summary>
    public Task FirstResult => _firstResult.Task;

    /// <summary>Whether the server is known to have finished starting, so that its refusals are final.</summary>
    public bool IsSettled { get; set; }

    /// <summary>When a call last needed it, as a timestamp; its beginning, before the first.</summary>
    public long LastNeeded => Math.Max(_openedAt, Pending.LastCall);

    /// <summary>What was told of it when it became ready; <see langword="null"/> before.</summary>
    public ConnectedSession? News { get; set; }

    public bool HasEnded => EndedBy is not null;

    /// <summary>Why it has ended; <see langword="null"/> while it lives.</summary>
    public SessionEnd? EndedBy => Volatile.Read(ref _end);

    /// <summary>Starts reading, says what the dialect says first, and watches the line.</summary>
    public void Start()
    {
        foreach (var message in _context.Dialect.Opening) QueueControl("opening", message);
        _heartbeat.Start();
        _readLoop = Task.Run(ReadLoopAsync);
    }

    /// <summary>Writes what waits; <see cref="KickFromReadLoop"/> does it never on the thread that calls.</summary>
    public void Kick() => _writer.Kick();

    public void KickFromReadLoop() => _writer.KickFromPool();

    /// <summary>Asks for a subscription; <see cref="Kick"/> sends it.</summary>
    public void QueueSubscribe(Route route, string? resumeToken)
    {
        if (SubscribeRequest.TryEncode(route, resumeToken, _context.Owner) is not { } envelope) return;
        _writer.Queue(new OutgoingCommand(envelope, CommandKind.Subscribe) { Route = route });
    }

    /// <summary>Whether the server would understand a stop now; if not, it is sent when the server has agreed.</summary>
    public bool MayStop(Route route) => route.IsStarted || !_context.Dialect.Facts.StopNeedsStarted;

    /// <summary>Asks for the end of a subscription; <see cref="Kick"/> sends it.</summary>
    public void QueueStop(Route route)
    {
        if (!route.TryStop()) return;
        var stop = _context.Dialect.Stop(route.Key);
        var command = QueueControl("stop", stop, kind: CommandKind.Stop);
        // Items may come until the answer does; only then is the route forgotten.
        if (!_context.Dialect.Facts.StopIsAnswered && command is not null) _ = ForgetWhenStoppedAsync(route, command);
    }

    /// <summary>Sends a message of the engine's own; <see cref="Kick"/> sends it.</summary>
    public OutgoingCommand? QueueControl(string name, ControlMessage message, bool keepsReply = false, CommandKind kind = CommandKind.Control)
    {
        if (message.IsEmpty) return null;
        var envelope = new CommandEnvelope(name);
        envelope.Write(message.Body.Span);
        var command = new OutgoingCommand(envelope, kind) { IsBare = !message.TakesKey, KeepsReply = keepsReply };
        _writer.Queue(command);
        return command;
    }

    /// <summary>Makes ready for the answer to a command; the writer calls it before the bytes leave.</summary>
    /// <returns><see langword="false"/> when the session has ended: nothing leaves any more.</returns>
    public bool TryExpect(OutgoingCommand command)
    {
        if (command.Route is { } route)
        {
            route.Key = command.Key;
            Routes[command.Key] = route;
        }

        return Pending.Add(command);
    }

    public void Forget(Route route) => Routes.TryRemove(new KeyValuePair<long, Route>(route.Key, route));

    /// <summary>Whether a key was given on this session, so that an answer to it is late rather than unknown.</summary>
    public bool HasGiven(long key) => key > 0 && key <= _writer.LastKey;

    public void NoteFirstResult() => _firstResult.TrySetResult();

    public ValueTask SendFrameAsync(ReadOnlyMemory<byte> frame)
    {
        _context.Telemetry.Frame("out", frame.Length);
        return _transport.SendAsync(frame);
    }

    /// <summary>Ends the session politely: says goodbye within the budget, then ends it in any case.</summary>
    public async Task CloseAsync(SessionEnd end, TimeSpan budget)
    {
        if (Interlocked.CompareExchange(ref _goodbye, end, null) is null)
        {
            // A command that came during the farewell would leave behind it, and nobody would know whether it arrived.
            _context.Gate.Shut(this, end.Reason, end.Explanation, end.Error);
            await SayGoodbyeAsync(budget).ConfigureAwait(false);
        }

        End(end);
    }

    /// <summary>The one exit: the first reason counts, later ones are nothing new.</summary>
    public void End(SessionEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, _goodbye ?? end, null) is not null) return;
        end = _end!;
        _heartbeat.Dispose();
        _transport.AbortQuietly();
        LogEnded(Number, end.Reason, end.Explanation, end.Error);
        if (end.CloseCode == TooLargeFrame.CloseCode) TooLargeFrame.Blame(Pending.Snapshot(), _context);
        _context.Owner.OnEnded(this, end);
        foreach (var command in Pending.Close()) command.EndWith(end);
        Pending.Dispose();
        _context.Telemetry.SessionEnded(end.Reason, _context.Time.GetElapsedTime(_openedAt));
        _ended.TrySetResult(end);
    }

    public async ValueTask DisposeAsync()
    {
        End(new SessionEnd(EndReason.Stopped, "the session was disposed"));
        await _readLoop.ConfigureAwait(false);
        await _writer.Drain.ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
        _buffer.Dispose();
    }

    /// <summary>Ends it if it has not ended, and frees the socket without waiting: one that hangs although it was aborted keeps nobody.</summary>
    public void Bury(SessionEnd end)
    {
        End(end);
        _funeral ??= DisposeQuietlyAsync();
    }

    public bool TakePong() => _pinger.TakePong();

    private async Task ForgetWhenStoppedAsync(Route route, OutgoingCommand stop)
    {
        _ = await stop.AnswerOrNullAsync().ConfigureAwait(false);
        Forget(route);
    }

    private async Task SayGoodbyeAsync(TimeSpan budget)
    {
        try
        {
            await _transport.CloseAsync(budget).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Somebody else's transport: a farewell that fails is no reason to stay.
            LogNoFarewell(Number, error);
        }
    }

    private async Task DisposeQuietlyAsync()
    {
        try
        {
            await DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            LogNotFreed(Number, error);
        }
    }

    private async Task ReadLoopAsync()
    {
        End(await _reader.RunAsync().ConfigureAwait(false));
        _buffer.Dispose();
    }

    private void NoSignOfLife(TimeSpan waited) => End(new SessionEnd(
        EndReason.HeartbeatTimeout, $"the line is dead: no sign of life from the server within {waited.TotalSeconds:0.#} s of a ping"));
}
