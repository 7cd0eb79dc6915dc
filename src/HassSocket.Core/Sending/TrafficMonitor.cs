using System.Runtime.InteropServices;

namespace HassSocket.Sending;

/// <summary>Load safety: the rolling average of what we send, and what to do when it is too much.</summary>
/// <remarks>The writer of the current session calls it under its lock; nobody else does.</remarks>
internal sealed class TrafficMonitor
{
    private const int Slots = 100;
    private const int Busiest = 3;
    private readonly Slot[] _window = new Slot[Slots];
    private readonly TimeProvider _time;
    private readonly double _seconds;
    private readonly long _slotLength;
    private readonly double _warn;
    private readonly double _crash;
    private long _slot = long.MinValue;
    private long _total;
    private bool _isWarned;

    public TrafficMonitor(ConnectionOptions options, TimeProvider time)
    {
        _time = time;
        _seconds = options.SocketAvgDuration.TotalSeconds;
        _slotLength = Math.Max(1, (long)(_seconds * time.TimestampFrequency / Slots));
        _warn = options.SocketWarnRequestsPerSec;
        _crash = options.SocketCrashRequestsPerSec;
        for (var i = 0; i < Slots; i++) _window[i] = new Slot();
    }

    /// <summary>The rate at the latest message; messages a second.</summary>
    public double Rate { get; private set; }

    /// <summary>Counts one message that is about to be written, or refuses it.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="warning">The warning that begins an episode; raised by the caller outside its lock.</param>
    /// <returns>The refusal, when this message would exceed the limit; it is then not counted.</returns>
    public TrafficLimitExceededException? Count(string name, out TrafficWarning? warning)
    {
        warning = null;
        Roll(_time.GetTimestamp() / _slotLength);
        var rate = (_total + 1) / _seconds;
        if (rate > _crash) return Refuse(name, rate);
        _total++;
        _window[Index(_slot)].Add(name);
        Rate = rate;
        if (rate <= _warn)
        {
            _isWarned = false;
        }
        else if (!_isWarned)
        {
            _isWarned = true;
            warning = new TrafficWarning(rate, _warn, BusiestCommands());
        }

        return null;
    }

    private static int Index(long slot) => (int)(slot % Slots);

    private TrafficLimitExceededException Refuse(string name, double rate)
    {
        var busiest = string.Join(", ", BusiestCommands().Select(pair => $"{pair.Key} ({pair.Value:N0})"));
        return new TrafficLimitExceededException(
            $"'{name}' was not sent, and the connection stops: {rate:0.#} messages a second over the last {_seconds:0.###} s, more than the " +
            $"{_crash:0.#} allowed (SocketCrashRequestsPerSec). Most were: {busiest}. Look for a loop that answers its own events; spread " +
            "large jobs out in time.",
            rate,
            _crash);
    }

    private void Roll(long slot)
    {
        if (slot == _slot) return;
        if (_slot == long.MinValue || slot - _slot >= Slots)
        {
            foreach (var old in _window) old.Clear();
            _total = 0;
        }
        else
        {
            for (var passed = _slot + 1; passed <= slot; passed++) _total -= _window[Index(passed)].Clear();
        }

        _slot = slot;
    }

    private List<KeyValuePair<string, int>> BusiestCommands()
    {
        var counts = new Dictionary<string, int>();
        foreach (var (name, count) in _window.SelectMany(slot => slot.ByName))
            CollectionsMarshal.GetValueRefOrAddDefault(counts, name, out _) += count;
        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Busiest)];
    }

    private sealed class Slot
    {
        private int _count;

        public Dictionary<string, int> ByName { get; } = [];

        public void Add(string name)
        {
            _count++;
            CollectionsMarshal.GetValueRefOrAddDefault(ByName, name, out _)++;
        }

        public int Clear()
        {
            var count = _count;
            _count = 0;
            ByName.Clear();
            return count;
        }
    }
}
