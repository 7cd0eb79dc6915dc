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
    private const int ManyCalls = 16;
    private const int MaxBatchCommands = 64;
    private const int MaxBatchBytes = 256 * 1024;

    /// <summary>What a key and its name take at most, besides the body.</summary>
    public const int RoomForKey = 32;

    private readonly Lock _lock = new();
    private readonly Queue<OutgoingCommand> _urgent = new();
    private readonly Queue<OutgoingCommand> _subscriptions = new();
    private readonly List<OutgoingCommand> _batch = [];
    private readonly ArrayBufferWriter<byte> _frame = new(1024);
    private readonly Session _session;
    private readonly SessionContext _context;
    private bool _isBusy;
    private int _isKicked;
    private long _lastKey;
    private Task _drain = Task.CompletedTask;

    public Writer(Session session, SessionContext context)
    {
        _session = session;
        _context = context;
    }

    /// <summary>The highest key that was given; answers to lower ones that nobody awaits are late or doubled.</summary>
    public long LastKey
    {
        get { lock (_lock) return _lastKey; }
    }

    /// <summary>The write in progress, if there is one; it ends with the session at the latest.</summary>
    public Task Drain
    {
        get { lock (_lock) return _drain; }
    }

    private int LargestBatch => Math.Min(MaxBatchBytes, Math.Min(_context.Dialect.Facts.MaxRequestBytes, _context.Limits.BatchBytes));

    private bool MayBatch => _context.Options.BatchCommands switch
    {
        BatchCommands.Always => true,
        BatchCommands.Never => false,
        _ => _context.Dialect.Facts.AcceptsBatches,
    };

    /// <summary>Queues a message of the engine's own; <see cref="Kick"/> sends it.</summary>
    public void Queue(OutgoingCommand command)
    {
        var takesTurns = !command.IsBare && command.Kind is CommandKind.Subscribe or CommandKind.Stop;
        lock (_lock) (takesTurns ? _subscriptions : _urgent).Enqueue(command);
    }

    /// <summary>Writes all that waits, on this thread as far as the first frame goes, unless a write is in progress.</summary>
    /// <remarks>While many calls are in flight the pool writes, a moment later: answers come in bunches, so callers call again in bunches.</remarks>
    public void Kick()
    {
        if (MayBatch && _session.Pending.Calls >= ManyCalls) KickFromPool();
        else Write();
    }

    /// <summary>The same, but never on the thread that calls; the read loop must not write itself.</summary>
    public void KickFromPool()
    {
        // What is queued before the pool comes to it is written then: one turn of the pool is enough for all.
        if (Interlocked.Exchange(ref _isKicked, 1) != 0) return;
        ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.WriteKicked(), this, preferLocal: false);
    }

    private void WriteKicked()
    {
        Interlocked.Exchange(ref _isKicked, 0);
        Write();
    }

    private void Write()
    {
        lock (_lock)
        {
            if (_isBusy) return;
            _isBusy = true;
        }

        var drain = DrainAsync();
        lock (_lock)
        {
            // A drain that is over may be noted behind its successor: it must not hide it.
            if (!drain.IsCompleted) _drain = _drain.IsCompleted ? drain : Task.WhenAll(_drain, drain);
        }
    }

    private async Task DrainAsync()
    {
        var isCallersThread = true;
        var mayHaveLeft = false;
        Refused? refused = null;
        try
        {
            while (TryFill(out refused, out var warning))
            {
                refused?.Command.Fail(refused.Reason);
                if (warning is not null) _context.Owner.OnTrafficWarning(warning);
                mayHaveLeft = true;
                if (_frame.WrittenCount > 0) await _session.SendFrameAsync(_frame.WrittenMemory).ConfigureAwait(false);
                NoteWritten();
                if (refused is not null)
                {
                    _session.End(SessionEnd.Of(refused.Reason));
                    return;
                }

                mayHaveLeft = false;
                // The caller awaits only the frame of its own command; what came meanwhile is the pool's work.
                if (!isCallersThread || !HasWork()) continue;
                isCallersThread = false;
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }
        catch (Exception lost)
        {
            // It stands in no list any more, and may not have been told: the frame in front of it could not be made.
            refused?.Command.Fail(refused.Reason);
            var end = _session.EndedBy ?? (refused is null ? SessionEnd.Lost(lost) : SessionEnd.Of(refused.Reason));
            FailBatch(end, mayHaveLeft ? Delivery.Unknown : Delivery.NotSent);
            _session.End(end);
        }
    }

    private void FailBatch(SessionEnd end, Delivery delivery)
    {
        foreach (var command in _batch)
        {
            if (delivery == Delivery.NotSent) command.Envelope.ReturnBody();
            command.Fail(end.ToException(command.Name, delivery));
        }
    }

    private bool HasWork()
    {
        lock (_lock) return _urgent.Count > 0 || _subscriptions.Count > 0 || _context.Gate.HasNext(_session);
    }

    /// <summary>Takes what may leave now into one frame; without any, the writer is free again.</summary>
    private bool TryFill(out Refused? refused, out TrafficWarning? warning)
    {
        refused = null;
        warning = null;
        lock (_lock)
        {
            _batch.Clear();
            _frame.ResetWrittenCount();
            var bytes = 0;
            var mayBatch = MayBatch;
            // What has not been taken when the session ends waits for the next one.
            while (!_session.HasEnded && Take_NeedsLock(bytes, ref refused, ref warning) is { } command)
            {
                _batch.Add(command);
                bytes += command.Envelope.Body.Length + RoomForKey;
                if (!mayBatch || command.IsBare || _batch.Count == MaxBatchCommands || bytes >= LargestBatch) break;
            }

            if (_batch.Count == 0 && refused is null)
            {
                _isBusy = false;
                return false;
            }

            WriteFrame_NeedsLock();
            return true;
        }
    }

    private OutgoingCommand? Take_NeedsLock(int bytesSoFar, ref Refused? refused, ref TrafficWarning? warning)
    {
        if (_urgent.TryPeek(out var urgent)) return bytesSoFar > 0 && urgent.IsBare ? null : _urgent.Dequeue();
        if (!_session.Pending.HasRoomFor(_batch.Count + 1)) return null;
        var longest = bytesSoFar == 0 ? int.MaxValue : LargestBatch - bytesSoFar - RoomForKey;
        while (_subscriptions.TryPeek(out var wish))
        {
            if (wish.Envelope.Body.Length > longest) return null;
            _ = _subscriptions.Dequeue();
            if (wish.Route is not { IsClosed: true }) return wish;
            wish.Envelope.ReturnBody();
        }

        if (_context.Gate.TryTake(_session, longest) is not { } command) return null;
        return Count(command, ref refused, ref warning) ? command : null;
    }

    private bool Count(OutgoingCommand command, ref Refused? refused, ref TrafficWarning? warning)
    {
        var refusal = _context.Traffic.Count(command.Name, out var warningNow);
        warning ??= warningNow;
        if (refusal is null) return true;
        command.Envelope.ReturnBody();
        refused = new Refused(command, refusal);
        return false;
    }

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
                if (!_session.TryExpect(command)) throw new InvalidOperationException("The session has ended.");
                dialect.WriteRequest(_frame, command.Key, command.Envelope.Body);
            }

            command.Envelope.ReturnBody();
        }

        if (_batch.Count > 1) _frame.Write(dialect.Facts.Batch.End.Span);
        foreach (var command in _batch) command.Frame = (_frame.WrittenCount, _batch.Count);
    }

    private void NoteWritten()
    {
        foreach (var command in _batch)
        {
            if (command.Kind == CommandKind.Post || command.IsBare) command.Complete(default);
            else if (command.NoteWritten()) command.CompleteByEnd();
        }
    }

    /// <summary>The command that load safety did not let pass.</summary>
    private sealed record Refused(OutgoingCommand Command, TrafficLimitExceededException Reason);
}
