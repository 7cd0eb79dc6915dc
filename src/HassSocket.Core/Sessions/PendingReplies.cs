using System.Diagnostics.CodeAnalysis;
using HassSocket.Sending;

namespace HassSocket.Sessions;

/// <summary>The commands of one session that are on the wire without an answer, by key and by deadline.</summary>
internal sealed class PendingReplies : IDisposable
{
    private static readonly TimeSpan LongestPlace = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly Dictionary<long, OutgoingCommand> _byKey = [];
    private readonly Dictionary<TimeSpan, CommandList> _byTimeout = [];
    private readonly CommandList _patient = new();
    private readonly ConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly TimeSpan _placeTime;
    private readonly Action _onRoom;
    private int _inFlight;
    private int _calls;
    private long _lastCall;
    private long _armedFor = long.MaxValue;
    private bool _isStarved;
    private bool _isClosed;
    private TaskCompletionSource? _noCalls;

    public PendingReplies(ConnectionOptions options, TimeProvider time, Action onRoom)
    {
        _options = options;
        _time = time;
        _placeTime = options.ExpectResponseAfter == Timeout.InfiniteTimeSpan ? LongestPlace : options.ExpectResponseAfter;
        _onRoom = onRoom;
        _timer = time.CreateTimer(static all => ((PendingReplies)all!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether so many more commands may go on the wire; if not, the next one that gives its place back tells the writer.</summary>
    public bool HasRoomFor(int more)
    {
        lock (_lock)
        {
            _isStarved = _inFlight + more > _options.MaxInFlight;
            return !_isStarved;
        }
    }

    /// <summary>How many of a user's calls are awaited; what the engine asks by itself is none.</summary>
    public int Calls
    {
        get { lock (_lock) return _calls; }
    }

    /// <summary>When a call last went out or ended, as a timestamp; zero before the first.</summary>
    public long LastCall
    {
        get { lock (_lock) return _lastCall; }
    }

    /// <summary>Completes when no call is awaited, now or later.</summary>
    public Task WhenNoCalls()
    {
        lock (_lock)
        {
            if (_calls == 0 || _isClosed) return Task.CompletedTask;
            _noCalls ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _noCalls.Task;
        }
    }

    /// <summary>Expects the answer to a command that is about to be written.</summary>
    /// <returns><see langword="false"/> when the session has ended: the command must be failed by the caller.</returns>
    public bool Add(OutgoingCommand command)
    {
        lock (_lock)
        {
            if (_isClosed) return false;
            command.WrittenAt = _time.GetTimestamp();
            command.HoldsPlace = true;
            _inFlight++;
            _byKey.Add(command.Key, command);
            NoteCall_NeedsLock(command, 1);
            var timeout = TimeoutOf(command);
            // One that waits longer than is usual, or for ever, gives its place back first.
            if (timeout == Timeout.InfiniteTimeSpan || timeout > _placeTime) Schedule_NeedsLock(command, _patient, _placeTime);
            else Schedule_NeedsLock(command, ListFor_NeedsLock(timeout), timeout);
            return true;
        }
    }

    /// <summary>Takes the command that an answer belongs to; the second answer finds nothing.</summary>
    public bool TryTake(long key, [NotNullWhen(true)] out OutgoingCommand? command)
    {
        bool hasRoom;
        lock (_lock)
        {
            if (!_byKey.Remove(key, out command)) return false;
            command.List?.Remove(command);
            NoteCall_NeedsLock(command, -1);
            Release_NeedsLock(command);
            hasRoom = StarvesNoMore_NeedsLock();
        }

        if (hasRoom) _onRoom();
        return true;
    }

    /// <summary>The only command that waits; nothing when there are none or several.</summary>
    public OutgoingCommand? Only()
    {
        lock (_lock) return _byKey.Count == 1 ? _byKey.Values.First() : null;
    }

    /// <summary>Everything that waits for an answer, as it stands now.</summary>
    public IReadOnlyList<OutgoingCommand> Snapshot()
    {
        lock (_lock) return [.. _byKey.Values];
    }

    /// <summary>Ends the collection and hands over everything that waits, in the order of the keys.</summary>
    public IReadOnlyList<OutgoingCommand> Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            OutgoingCommand[] all = [.. _byKey.Values.OrderBy(command => command.Key)];
            _byKey.Clear();
            _byTimeout.Clear();
            _patient.Clear();
            _inFlight = 0;
            _noCalls?.TrySetResult();
            return all;
        }
    }

    public void Dispose() => _timer.Dispose();

    // A subscription's answer may be held back by a starting server for long; it is never given up, only its place.
    private TimeSpan TimeoutOf(OutgoingCommand command) => command.Kind == CommandKind.Subscribe
        ? Timeout.InfiniteTimeSpan
        : command.Envelope.ExpectResponseAfter ?? _options.ExpectResponseAfter;

    private void Schedule_NeedsLock(OutgoingCommand command, CommandList list, TimeSpan span)
    {
        command.Due = _time.DueAfter(span, command.WrittenAt);
        list.AddLast(command);
        Arm_NeedsLock(command.Due);
    }

    private CommandList ListFor_NeedsLock(TimeSpan timeout)
    {
        if (!_byTimeout.TryGetValue(timeout, out var list)) _byTimeout.Add(timeout, list = new());
        return list;
    }

    private void NoteCall_NeedsLock(OutgoingCommand command, int change)
    {
        if (command.IsControl) return;
        _calls += change;
        _lastCall = _time.GetTimestamp();
        if (_calls == 0) _noCalls?.TrySetResult();
    }

    private void Release_NeedsLock(OutgoingCommand command)
    {
        if (!command.HoldsPlace) return;
        command.HoldsPlace = false;
        _inFlight--;
    }

    private bool StarvesNoMore_NeedsLock()
    {
        if (!_isStarved || _inFlight >= _options.MaxInFlight) return false;
        _isStarved = false;
        return true;
    }

    private void Expire()
    {
        var late = new List<OutgoingCommand>();
        bool hasRoom;
        lock (_lock)
        {
            _armedFor = long.MaxValue;
            var now = _time.GetTimestamp();
            while (_patient.TakeDue(now) is { } patient)
            {
                Release_NeedsLock(patient);
                var timeout = TimeoutOf(patient);
                if (timeout != Timeout.InfiniteTimeSpan) Schedule_NeedsLock(patient, ListFor_NeedsLock(timeout), timeout);
            }

            foreach (var list in _byTimeout.Values)
            {
                while (list.TakeDue(now) is { } command)
                {
                    _byKey.Remove(command.Key);
                    NoteCall_NeedsLock(command, -1);
                    Release_NeedsLock(command);
                    late.Add(command);
                }
            }

            Arm_NeedsLock(EarliestDue_NeedsLock());
            hasRoom = StarvesNoMore_NeedsLock();
        }

        foreach (var command in late) command.Fail(new ResponseTimeoutException(command.Name, TimeoutOf(command)));
        if (hasRoom) _onRoom();
    }

    // Equal timeouts expire in the order of their writes, so the first of each list is enough to look at.
    private long EarliestDue_NeedsLock()
    {
        var due = _patient.First?.Due ?? long.MaxValue;
        foreach (var (timeout, list) in _byTimeout)
        {
            if (list.First is { } first) due = Math.Min(due, first.Due);
            else _byTimeout.Remove(timeout);
        }

        return due;
    }

    private void Arm_NeedsLock(long due)
    {
        if (_isClosed || due >= _armedFor) return;
        _armedFor = due;
        _timer.Change(_time.Until(due), Timeout.InfiniteTimeSpan);
    }
}
