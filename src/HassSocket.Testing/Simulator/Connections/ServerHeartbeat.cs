namespace HassSocket.Testing.Simulator;

/// <summary>The pings of the server: one after a while of silence, and half that time for any sign of life.</summary>
internal sealed class ServerHeartbeat(House house, Action ping, Action giveUp)
{
    private readonly TimeSpan _interval = house.Options.HeartbeatInterval;
    private readonly Lock _gate = new();
    private long _lastSign;
    private bool _isAsked;
    private bool _hasEnded;
    private ITimer? _timer;

    public void Begin()
    {
        if (_interval == Timeout.InfiniteTimeSpan) return;
        _lastSign = house.Time.GetTimestamp();
        _timer = house.Time.CreateTimer(_ => house.Lifecycle.WhenAwake(Look), null, _interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Notes that something came from the client. The timer is left as it is: it looks again when it fires.</summary>
    public void Sign()
    {
        lock (_gate) (_lastSign, _isAsked) = (house.Time.GetTimestamp(), false);
    }

    public void End()
    {
        lock (_gate) _hasEnded = true;
        _timer?.Dispose();
    }

    private void Look()
    {
        bool isDead, isSilent;
        lock (_gate)
        {
            if (_hasEnded) return;
            var silence = house.Time.GetElapsedTime(_lastSign);
            (isDead, isSilent) = (_isAsked && silence >= _interval * 1.5, !_isAsked && silence >= _interval);
            if (isSilent) _isAsked = true;
        }

        if (isDead)
        {
            giveUp();
            return;
        }

        if (isSilent) ping();
        LookAgain();
    }

    private void LookAgain()
    {
        lock (_gate)
        {
            if (_hasEnded) return;
            var due = _interval * (_isAsked ? 1.5 : 1) - house.Time.GetElapsedTime(_lastSign);
            _timer!.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
