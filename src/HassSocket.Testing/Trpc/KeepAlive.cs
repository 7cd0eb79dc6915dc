namespace HassSocket.Testing.Trpc;

/// <summary>The pings of the server: one after a while of silence, and a while for any message of the client.</summary>
internal sealed class KeepAlive(FakeTrpcServerOptions options, Action ping, Action giveUp)
{
    private readonly Lock _gate = new();
    private bool _isAsked;
    private ITimer? _timer;

    public void Begin()
    {
        if (options.PingInterval == Timeout.InfiniteTimeSpan) return;
        lock (_gate) _timer = options.TimeProvider.CreateTimer(_ => Look(), null, options.PingInterval, Timeout.InfiniteTimeSpan);
    }

    public void Sign()
    {
        lock (_gate)
        {
            _isAsked = false;
            _timer?.Change(options.PingInterval, Timeout.InfiniteTimeSpan);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Look()
    {
        bool isDead;
        lock (_gate)
        {
            if (_timer is null) return;
            (isDead, _isAsked) = (_isAsked, true);
            if (!isDead) _timer.Change(options.PongTimeout, Timeout.InfiniteTimeSpan);
        }

        if (isDead) giveUp();
        else ping();
    }
}
