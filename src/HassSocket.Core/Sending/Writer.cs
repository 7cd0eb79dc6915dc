using System.Buffers;
using HassSocket.Sessions;

namespace HassSocket.Sending;

/// <summary>Writes to one socket by flat combining: whoever finds no write in progress writes, and takes along all that wait.</summary>
/// <remarks>
/// The lock guards the queues, the key counter and the busy flag only; it is never held over a send or over user code.
/// Keys are given under it, so they rise strictly in the order of the frames.
/// </remarks>
internal sealed class Writer
{
    private const int MaxBatchCommands = 64;
    private const int MaxBatchBytes = 256 * 1024;

    /// <summary>What a key and its name take at most, besides the body.</summary>
    public const int RoomForKey = 32;

    private readonly Lock _lock = new();
    private readonly Queue<OutgoingCommand> _urgent = new();
    private readonly Queue<OutgoingCommand> _subscribes = new();
    private readonly List<OutgoingCommand> _batch = [];
    private readonly ArrayBufferWriter<byte> _frame = new(1024);
    private readonly Session _session;
    private readonly SessionContext _context;
    private readonly bool _mayBatch;
    private bool _isBusy;
    private bool _isStarved;
    private long _lastKey;
    private Task _drain = Task.CompletedTask;

    public Writer(Session session, SessionContext context)
    {
        _session = session;
        _context = context;
        _mayBatch = context.Options.BatchCommands switch
        {
            BatchCommands.Always => true,
            BatchCommands.Never => false,
            _ => context.Dialect.Facts.AcceptsBatches,
        };
    }

    /// <summary>The highest key that was given; answers to lower ones that nobody awaits are late or doubled.</summary>
    public long LastKey
    {
        get { lock (_lock) return _lastKey; }
    }

    /// <summary>The write in progress, if there is one; it ends with the session at the latest.</summary>
    public Task Drain => _drain;

    /// <summary>Queues a message of the engine's own; <see cref="Kick"/> sends it.</summary>
    public void Queue(OutgoingCommand command)
    {
        lock (_lock) (command.Kind == CommandKind.Subscribe ? _subscribes : _urgent).Enqueue(command);
    }

    /// <summary>Writes all that waits, on this thread as far as the first frame goes, unless a write is in progress.</summary>
    public void Kick()
    {
        lock (_lock)
        {
            if (_isBusy) return;
            _isBusy = true;
        }

        _drain = DrainAsync();
    }

    /// <summary>The same from the read loop, which must not write itself.</summary>
    public void KickFromPool() =>
        ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.Kick(), this, preferLocal: false);

    /// <summary>An answer has made room on the wire; goes on if something waited for that.</summary>
    public void NoteRoom()
    {
        if (Volatile.Read(ref _isStarved)) KickFromPool();
    }

    private async Task DrainAsync()
    {
        var isCallersThread = true;
        try
        {
            while (TryFill(out var refusal, out var warning))
            {
                if (warning is not null) _context.Owner.OnTrafficWarning(warning);
                if (_frame.WrittenCount > 0) await _session.SendFrameAsync(_frame.WrittenMemory).ConfigureAwait(false);
                NoteWritten();
                if (refusal is not null)
                {
                    _context.Owner.OnTrafficLimit(_session, refusal);
                    return;
                }

                // The caller awaits only the frame of its own command; what came meanwhile is the pool's work.
                if (!isCallersThread || !HasWork()) continue;
                isCallersThread = false;
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }
        catch (Exception lost)
        {
            // The batch has its pending entries, so the end of the session tells each of them that its delivery is unknown.
            _session.End(SessionEnd.Lost(lost));
        }
    }

    private bool HasWork()
    {
        lock (_lock) return _urgent.Count > 0 || _subscribes.Count > 0 || _context.Gate.Peek(_session) is not null;
    }

    /// <summary>Takes what may leave now into one frame; without any, the writer is free again.</summary>
    private bool TryFill(out TrafficLimitExceededException? refusal, out TrafficWarning? warning)
    {
        refusal = null;
        warning = null;
        lock (_lock)
        {
            _batch.Clear();
            _frame.ResetWrittenCount();
            var bytes = 0;
            while (Take_NeedsLock(bytes, ref refusal, ref warning) is { } command)
            {
                _batch.Add(command);
                bytes += command.Envelope.Body.Length + RoomForKey;
                if (!_mayBatch || command.IsBare || _batch.Count == MaxBatchCommands || bytes >= MaxBatchBytes) break;
            }

            if (_batch.Count == 0 && refusal is null)
            {
                _isBusy = false;
                return false;
            }

            WriteFrame_NeedsLock();
            return true;
        }
    }

    private OutgoingCommand? Take_NeedsLock(int bytesSoFar, ref TrafficLimitExceededException? refusal, ref TrafficWarning? warning)
    {
        if (_urgent.TryPeek(out var urgent)) return bytesSoFar > 0 && urgent.IsBare ? null : _urgent.Dequeue();
        var hasRoom = HasRoom_NeedsLock();
        while (hasRoom && _subscribes.TryPeek(out var subscribe))
        {
            if (!Fits(subscribe, bytesSoFar)) return null;
            _ = _subscribes.Dequeue();
            if (!subscribe.Route!.IsClosed) return subscribe;
            subscribe.Envelope.ReturnBody();
        }

        if (!hasRoom || _context.Gate.Peek(_session) is not { } next || !Fits(next, bytesSoFar)) return null;
        return TakeCounted_NeedsLock(ref refusal, ref warning);
    }

    private bool HasRoom_NeedsLock()
    {
        var limit = _context.Options.MaxInFlight - _batch.Count;
        Volatile.Write(ref _isStarved, false);
        if (_session.Pending.InFlight < limit) return true;
        // Flag first, then look again: an answer between the two either sees the flag or is seen here.
        Volatile.Write(ref _isStarved, true);
        return _session.Pending.InFlight < limit;
    }

    private OutgoingCommand? TakeCounted_NeedsLock(ref TrafficLimitExceededException? refusal, ref TrafficWarning? warning)
    {
        if (_context.Gate.TryTake(_session) is not { } command) return null;
        refusal = _context.Traffic.Count(command.Name, out var warningNow);
        warning ??= warningNow;
        if (refusal is null) return command;
        command.Envelope.ReturnBody();
        command.Fail(refusal);
        return null;
    }

    private bool Fits(OutgoingCommand command, int bytesSoFar) =>
        bytesSoFar == 0 || bytesSoFar + command.Envelope.Body.Length + RoomForKey <= MaxBatchBytes;

    private void WriteFrame_NeedsLock()
    {
        var dialect = _context.Dialect;
        if (_batch.Count > 1) _frame.Write(dialect.Facts.Batch.Begin.Span);
        for (var i = 0; i < _batch.Count; i++)
        {
            if (i > 0) _frame.Write(dialect.Facts.Batch.Between.Span);
            var command = _batch[i];
            if (command.IsBare)
            {
                _frame.Write(command.Envelope.Body.Span);
            }
            else
            {
                command.Key = ++_lastKey;
                // The entry and the route exist before the bytes leave: the answer may be here before the send returns.
                _session.Expect(command);
                dialect.WriteRequest(_frame, command.Key, command.Envelope.Body);
            }

            command.Envelope.ReturnBody();
        }

        if (_batch.Count > 1) _frame.Write(dialect.Facts.Batch.End.Span);
    }

    private void NoteWritten()
    {
        foreach (var command in _batch)
        {
            if (command.Kind == CommandKind.Post || command.IsBare) command.Complete(default);
        }
    }
}
