using HassSocket.Sessions;

namespace HassSocket.Sending;

/// <summary>Where commands wait for their turn: for a session that is ready, for the end of a pause, or for room on the wire.</summary>
/// <remarks>It survives every session. Its lock is never held over user code, a completion, or a send.</remarks>
internal sealed class SendGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<OutgoingCommand> _waiting = [];
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
            if (_isPaused && !MayWait(command.Envelope.WhenPaused ?? _options.WhenPaused, () => GateReasons.Paused(command.Name))) return false;
            if (_openFor is null && !_isIdle && !MayWait(command.Envelope.WhenDisconnected ?? _options.WhenDisconnected, () => _reasons.NotReady(command.Name)))
                return false;
            if (_waiting.Count >= _options.MaxWaitingCommands) throw _reasons.TooMany(command.Name, _options.MaxWaitingCommands);
            command.Due = _time.DueAfter(_options.WaitForReady);
            _waiting.AddLast(command.Node);
            Arm_NeedsLock();
            if (_openFor is not null) return true;
        }

        Wanted?.Invoke();
        return true;
    }

    /// <summary>Hands the next command to the writer of a session; nothing while another session is the open one, or during a pause.</summary>
    public OutgoingCommand? TryTake(Session session)
    {
        lock (_lock)
        {
            if (_isPaused || !ReferenceEquals(_openFor, session) || _waiting.First is not { } first) return null;
            _waiting.RemoveFirst();
            return first.Value;
        }
    }

    /// <summary>The command that <see cref="TryTake"/> would hand out; only its writer removes it.</summary>
    public OutgoingCommand? Peek(Session session)
    {
        lock (_lock) return _isPaused || !ReferenceEquals(_openFor, session) ? null : _waiting.First?.Value;
    }

    /// <summary>Takes back a command that has not left: it never will.</summary>
    public void Withdraw(OutgoingCommand command)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(command.Node.List, _waiting)) return;
            _waiting.Remove(command.Node);
        }

        command.Envelope.ReturnBody();
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
            _openFor = null;
            _isIdle = false;
            _reasons.NoSession(reason, explanation, error);
            failed = TakeWhere_NeedsLock(c => (c.Envelope.WhenDisconnected ?? _options.WhenDisconnected) != WhenUnavailable.Wait);
        }

        foreach (var command in failed) End(command, c => _reasons.NotReady(c.Name));
    }

    /// <summary>No session will come by itself: everything that waits ends now, and so does everything that comes.</summary>
    /// <param name="why">Makes the exception that new commands get, from the name of each.</param>
    /// <param name="whyWaiting">Makes the one for those that wait; by default the same.</param>
    public void Close(Func<string, Exception> why, Func<string, Exception>? whyWaiting = null)
    {
        List<OutgoingCommand> failed;
        lock (_lock)
        {
            _openFor = null;
            _isIdle = false;
            _reasons.Closed(why);
            failed = TakeWhere_NeedsLock(static _ => true);
        }

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
            ended = TakeWhere_NeedsLock(c => (c.Envelope.WhenPaused ?? _options.WhenPaused) != WhenUnavailable.Wait);
        }

        foreach (var command in ended)
        {
            if (command.Kind == CommandKind.Post && command.Envelope.WhenPaused == WhenUnavailable.Drop) command.Complete(default);
            End(command, static c => GateReasons.Paused(c.Name));
        }
    }

    public void Resume()
    {
        lock (_lock) _isPaused = false;
    }

    public void Dispose() => _timer.Dispose();

    private static bool MayWait(WhenUnavailable policy, Func<Exception> why) => policy switch
    {
        WhenUnavailable.Wait => true,
        WhenUnavailable.Drop => false,
        _ => throw why(),
    };

    private static void End(OutgoingCommand command, Func<OutgoingCommand, Exception> why)
    {
        command.Envelope.ReturnBody();
        command.Fail(why(command));
    }

    private List<OutgoingCommand> TakeWhere_NeedsLock(Func<OutgoingCommand, bool> condition)
    {
        var taken = new List<OutgoingCommand>();
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (condition(node.Value))
            {
                _waiting.Remove(node);
                taken.Add(node.Value);
            }

            node = next;
        }

        return taken;
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
            while (_waiting.First is { } first && first.Value.Due <= now)
            {
                _waiting.RemoveFirst();
                late.Add(first.Value);
            }

            Arm_NeedsLock();
        }

        foreach (var command in late) End(command, c => _reasons.Expired(c.Name, _options.WaitForReady, isPaused, isOpen));
    }

    // All commands wait equally long, so the first one in the list is always the first to expire.
    private void Arm_NeedsLock()
    {
        if (_isArmed || _waiting.First is not { } first || first.Value.Due == long.MaxValue) return;
        _isArmed = true;
        _timer.Change(_time.Until(first.Value.Due), Timeout.InfiniteTimeSpan);
    }
}
