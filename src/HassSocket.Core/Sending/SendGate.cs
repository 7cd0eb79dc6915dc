using HassSocket.Sessions;

namespace HassSocket.Sending;

/// <summary>Where commands wait for their turn: for a session that is ready, for the end of a pause, or for room on the wire.</summary>
/// <remarks>It survives every session. Its lock is never held over user code, a completion, or a send.</remarks>
internal sealed class SendGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CommandList _waiting = new();
    private readonly ConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly GateReasons _reasons = new();
    private Session? _openFor;
    private bool _isPaused;
    private bool _isIdle;
    private bool _isArmed;

    public SendGate(ConnectionOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _timer = time.CreateTimer(static gate => ((SendGate)gate!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Told when a command waits for a session; someone may have to dial.</summary>
    public Action? Wanted { get; set; }

    /// <summary>The session that commands go to now.</summary>
    public Session? OpenSession
    {
        get { lock (_lock) return _openFor; }
    }

    public int Waiting
    {
        get { lock (_lock) return _waiting.Count; }
    }

    /// <summary>Takes a command in, or says why not; <see langword="false"/> means that it was dropped, as it asked for.</summary>
    public bool Enqueue(OutgoingCommand command)
    {
        lock (_lock)
        {
            if (_reasons.WhyClosed(command.Name) is { } closed) throw closed;
            if (_isPaused && WhenPaused(command) == WhenUnavailable.Drop) return false;
            if (_isPaused && WhenPaused(command) == WhenUnavailable.Fail) throw GateReasons.Paused(command.Name);
            if (_openFor is null && !_isIdle && WhenDisconnected(command) == WhenUnavailable.Fail) throw _reasons.NotReady(command.Name);
            if (_waiting.Count >= _options.MaxWaitingCommands) throw _reasons.TooMany(command.Name, _options.MaxWaitingCommands, _isPaused, _openFor is not null);
            command.Due = _time.DueAfter(_options.WaitForReady);
            _waiting.AddLast(command);
            Arm_NeedsLock();
            if (_openFor is not null) return true;
        }

        Wanted?.Invoke();
        return true;
    }

    /// <summary>Hands the next command to the writer of a session; nothing while another session is the open one, or during a pause.</summary>
    /// <param name="session">The writer's session.</param>
    /// <param name="longest">The largest body that the writer has room for; a larger one stays.</param>
    public OutgoingCommand? TryTake(Session session, int longest)
    {
        lock (_lock)
        {
            if (!HasNext_NeedsLock(session) || _waiting.First is not { } next || next.Envelope.Body.Length > longest) return null;
            _waiting.Remove(next);
            return next;
        }
    }

    /// <summary>Whether a command waits for the writer of a session.</summary>
    public bool HasNext(Session session)
    {
        lock (_lock) return HasNext_NeedsLock(session);
    }

    /// <summary>Nobody waits for a command any more: if it has not left, it never will.</summary>
    public void Abandon(OutgoingCommand command, CancellationToken token)
    {
        bool isWithdrawn;
        lock (_lock) isWithdrawn = _waiting.Remove(command);
        if (isWithdrawn) command.Envelope.ReturnBody();
        command.Fail(new OperationCanceledException(token));
    }

    public void Open(Session session)
    {
        lock (_lock)
        {
            _openFor = session;
            _isIdle = false;
            _reasons.Clear();
        }
    }

    /// <summary>A session is about to open: commands wait for it from now on, whatever they want without a connection.</summary>
    public void Expect()
    {
        lock (_lock) _isIdle = true;
    }

    /// <summary>No session is wanted: the next command asks for one, and waits for it.</summary>
    /// <param name="session">The session that serves until now, if any does.</param>
    /// <returns><see langword="false"/> when commands wait already, or another session serves.</returns>
    public bool TryIdle(Session? session)
    {
        lock (_lock)
        {
            if (_waiting.Count > 0 || (_openFor is not null && !ReferenceEquals(_openFor, session))) return false;
            _openFor = null;
            _isIdle = true;
            return true;
        }
    }

    /// <summary>A session is not ready, or no longer: commands wait, or fail if they asked for that.</summary>
    /// <remarks>Says nothing to those that another session serves, as after a handover.</remarks>
    public void Shut(Session? session, EndReason reason, string explanation, Exception? error = null)
    {
        List<OutgoingCommand> failed;
        lock (_lock)
        {
            if (_openFor is not null && !ReferenceEquals(_openFor, session)) return;
            // An idle socket is closed because nothing waits; whatever comes meanwhile dials anew.
            if (_isIdle && reason == EndReason.IdleClose) return;
            _openFor = null;
            _isIdle = false;
            _reasons.NoSession(reason, explanation, error);
            failed = _waiting.TakeWhere(c => WhenDisconnected(c) != WhenUnavailable.Wait);
        }

        foreach (var command in failed) End(command, c => _reasons.NotReady(c.Name));
    }

    /// <summary>No session will come by itself: everything that waits ends now, and so does everything that comes.</summary>
    /// <param name="why">Makes the exception that new commands get, from the name of each.</param>
    /// <param name="whyWaiting">Makes the one for those that wait; by default the same.</param>
    /// <param name="onClosed">Called when it is closed, before those that wait hear of it.</param>
    public void Close(Func<string, Exception> why, Func<string, Exception>? whyWaiting = null, Action? onClosed = null)
    {
        List<OutgoingCommand> failed;
        lock (_lock)
        {
            _openFor = null;
            _isIdle = false;
            _reasons.Closed(why);
            failed = _waiting.TakeWhere(static _ => true);
        }

        onClosed?.Invoke();
        foreach (var command in failed) End(command, c => (whyWaiting ?? why)(c.Name));
    }

    public void Reopen()
    {
        lock (_lock) _reasons.Clear();
    }

    public void Pause()
    {
        List<OutgoingCommand> ended;
        lock (_lock)
        {
            _isPaused = true;
            ended = _waiting.TakeWhere(c => WhenPaused(c) != WhenUnavailable.Wait);
        }

        foreach (var command in ended)
        {
            if (command.Envelope.WhenPaused == WhenUnavailable.Drop) command.Drop();
            else End(command, static c => GateReasons.Paused(c.Name));
        }
    }

    public void Resume()
    {
        lock (_lock) _isPaused = false;
    }

    public void Dispose() => _timer.Dispose();

    private bool HasNext_NeedsLock(Session session) => !_isPaused && ReferenceEquals(_openFor, session) && _waiting.Count > 0;

    private WhenUnavailable WhenPaused(OutgoingCommand command) => command.Envelope.WhenPaused ?? _options.WhenPaused;

    private WhenUnavailable WhenDisconnected(OutgoingCommand command) => command.Envelope.WhenDisconnected ?? _options.WhenDisconnected;

    private static void End(OutgoingCommand command, Func<OutgoingCommand, Exception> why)
    {
        command.Envelope.ReturnBody();
        command.Fail(why(command));
    }

    private void Expire()
    {
        var late = new List<OutgoingCommand>();
        bool isPaused;
        bool isOpen;
        lock (_lock)
        {
            _isArmed = false;
            isPaused = _isPaused;
            isOpen = _openFor is not null;
            var now = _time.GetTimestamp();
            while (_waiting.TakeDue(now) is { } command) late.Add(command);
            Arm_NeedsLock();
        }

        foreach (var command in late) End(command, c => _reasons.Expired(c.Name, _options.WaitForReady, isPaused, isOpen));
    }

    // All commands wait equally long, so the first one in the list is always the first to expire.
    private void Arm_NeedsLock()
    {
        if (_isArmed || _waiting.First is not { } first || first.Due == long.MaxValue) return;
        _isArmed = true;
        _timer.Change(_time.Until(first.Due), Timeout.InfiniteTimeSpan);
    }
}
