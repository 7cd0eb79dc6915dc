using System.Runtime.InteropServices;

namespace HassSocket.Sending;

/// <summary>Load safety: the rolling average of what we send, and what to do when it is too much.</summary>
/// <remarks>During a handover the writers of two sessions may meet here, and metrics look in from anywhere.</remarks>
internal sealed class TrafficMonitor
{
    private const int Busiest = 3;

    // Of what is sent in a thousandth of the time, equal neighbours are one entry: however much is sent, the window stays small.
    private const int Grains = 1_000;
    private readonly Lock _lock = new();
    private readonly Queue<Run> _window = new();
    private readonly Dictionary<string, int> _byName = [];
    private readonly TimeProvider _time;
    private readonly TimeSpan _length;
    private readonly double _warn;
    private readonly double _crash;
    private Run _latest;
    private int _messages;
    private bool _isWarned;

    public TrafficMonitor(ConnectionOptions options, TimeProvider time)
    {
        _time = time;
        _length = options.SocketAvgDuration;
        _warn = options.SocketWarnRequestsPerSec;
        _crash = options.SocketCrashRequestsPerSec;
    }

    /// <summary>The rate now; messages a second.</summary>
    public double Rate
    {
        get
        {
            lock (_lock)
            {
                Roll_NeedsLock(_time.GetTimestamp());
                return RateOf(_messages);
            }
        }
    }

    /// <summary>Counts one message that is about to be written, or refuses it.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="warning">The warning that begins an episode; raised by the caller outside its lock.</param>
    /// <returns>The refusal, when this message would exceed the limit; it is then not counted.</returns>
    public TrafficLimitExceededException? Count(string name, out TrafficWarning? warning)
    {
        lock (_lock)
        {
            warning = null;
            var now = _time.GetTimestamp();
            Roll_NeedsLock(now);
            var rate = RateOf(_messages + 1);
            if (rate > _crash) return Refuse_NeedsLock(name, rate);
            Add_NeedsLock(name, now);
            if (rate > _warn && !_isWarned) warning = new TrafficWarning(rate, _warn, BusiestCommands_NeedsLock());
            _isWarned = rate > _warn;
            return null;
        }
    }

    /// <summary>Forgets what was sent: the connection is started afresh.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _window.Clear();
            _latest = default;
            _messages = 0;
            _byName.Clear();
            _isWarned = false;
        }
    }

    // Whole ticks on both sides, so that a rate that equals a threshold is not above it by a rounding.
    private double RateOf(int messages) => messages * (double)TimeSpan.TicksPerSecond / _length.Ticks;

    private void Add_NeedsLock(string name, long now)
    {
        if (_latest.Count > 0 && _latest.Name == name && _time.GetElapsedTime(_latest.Began, now) < _length / Grains)
        {
            _latest.Count++;
        }
        else
        {
            if (_latest.Count > 0) _window.Enqueue(_latest);
            _latest = new Run(now, name);
        }

        _messages++;
        CollectionsMarshal.GetValueRefOrAddDefault(_byName, name, out _)++;
    }

    private void Roll_NeedsLock(long now)
    {
        while (_window.TryPeek(out var oldest) && IsOver(oldest, now)) Forget_NeedsLock(_window.Dequeue());
        if (_window.Count > 0 || _latest.Count == 0 || !IsOver(_latest, now)) return;
        Forget_NeedsLock(_latest);
        _latest = default;
    }

    private bool IsOver(Run run, long now) => _time.GetElapsedTime(run.Began, now) >= _length;

    private void Forget_NeedsLock(Run run)
    {
        _messages -= run.Count;
        ref var left = ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, run.Name, out _);
        left -= run.Count;
        if (left == 0) _byName.Remove(run.Name);
    }

    private TrafficLimitExceededException Refuse_NeedsLock(string name, double rate)
    {
        var busiest = string.Join(", ", BusiestCommands_NeedsLock().Select(pair => $"{pair.Key} ({pair.Value:N0})"));
        return new TrafficLimitExceededException(
            $"'{name}' was not sent, and the connection stops: {rate:0.#} messages a second over the last {_length.TotalSeconds:0.###} s, more than the " +
            $"{_crash:0.#} allowed (SocketCrashRequestsPerSec). Most were: {busiest}. Look for a loop that answers its own events; spread " +
            "large jobs out in time.",
            rate,
            _crash);
    }

    private List<KeyValuePair<string, int>> BusiestCommands_NeedsLock() =>
        [.. _byName.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Busiest)];

    /// <summary>Messages of one name, sent shortly after each other.</summary>
    private struct Run(long began, string name)
    {
        public readonly long Began = began;
        public readonly string Name = name;
        public int Count = 1;
    }
}
