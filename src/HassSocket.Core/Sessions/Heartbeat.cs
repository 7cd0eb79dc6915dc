namespace HassSocket.Sessions;

/// <summary>Notices a dead line: pings a quiet one, and gives up when no sign of life comes in time.</summary>
internal sealed class Heartbeat : IDisposable
{
    /// <summary>A timer that fires this late, or a wall clock that ran this far ahead, means that the machine slept.</summary>
    public static readonly TimeSpan SleptFor = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait that is taken in one piece, so that a sleep of the machine is noticed soon after.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LateFor = TimeSpan.FromSeconds(2);
    private readonly TimeSpan _interval;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly Func<long> _received;
    private readonly Action _ping;
    private readonly Action<TimeSpan> _dead;
    private readonly ITimer _timer;
    private long _lastLife;
    private long _pingDue;
    private long _receivedAtPing;
    private bool _hadChance;
    private (long At, TimeSpan Span, DateTimeOffset Wall) _armed;

    public Heartbeat(ConnectionOptions options, TimeProvider time, Func<long> received, Action ping, Action<TimeSpan> dead)
    {
        _interval = options.PingInterval;
        _timeout = options.PongTimeout;
        _time = time;
        _received = received;
        _ping = ping;
        _dead = dead;
        _timer = time.CreateTimer(static beat => ((Heartbeat)beat!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start()
    {
        NoteLife();
        ArmSlice(_interval);
    }

    /// <summary>Any frame of the server proves life.</summary>
    public void NoteLife() => Volatile.Write(ref _lastLife, _time.GetTimestamp());

    public void Dispose() => _timer.Dispose();

    // The timer runs alone: it is armed again only at the end of its own callback.
    private void OnTimer()
    {
        var sinceArmed = _time.GetElapsedTime(_armed.At);
        var late = sinceArmed - _armed.Span;
        var slept = late >= SleptFor || _time.GetUtcNow() - _armed.Wall - sinceArmed >= SleptFor;
        if (_pingDue == 0) ProbeIfQuiet(slept);
        else Judge(isLate: late >= LateFor || slept);
    }

    private void ProbeIfQuiet(bool slept)
    {
        var quiet = _time.GetElapsedTime(Volatile.Read(ref _lastLife));
        if (!slept && quiet < _interval)
        {
            ArmSlice(_interval - quiet);
            return;
        }

        _pingDue = _time.GetTimestamp();
        _receivedAtPing = _received();
        _hadChance = false;
        Arm(_timeout);
        _ping();
    }

    private void Judge(bool isLate)
    {
        // A large message on a slow line shows life piece by piece, long before it is whole. Whole ones were noted when they came.
        if (Volatile.Read(ref _lastLife) < _pingDue && _received() != _receivedAtPing) NoteLife();
        var lastLife = Volatile.Read(ref _lastLife);
        if (lastLife >= _pingDue)
        {
            _pingDue = 0;
            var left = _interval - _time.GetElapsedTime(lastLife);
            ArmSlice(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
        }
        else if (isLate && !_hadChance)
        {
            // We were late ourselves, so the answer may lie unread: the server gets one more chance.
            _hadChance = true;
            Arm(_timeout);
            _ping();
        }
        else
        {
            _dead(_time.GetElapsedTime(_pingDue));
        }
    }

    private void ArmSlice(TimeSpan quiet) => Arm(quiet < Slice ? quiet : Slice);

    private void Arm(TimeSpan span)
    {
        _armed = (_time.GetTimestamp(), span, _time.GetUtcNow());
        _timer.Change(span, Timeout.InfiniteTimeSpan);
    }
}
