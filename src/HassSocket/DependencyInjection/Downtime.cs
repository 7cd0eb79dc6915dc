namespace HassSocket.DependencyInjection;

/// <summary>Measures for how long one house has not been reachable.</summary>
internal sealed class Downtime(IHassSocket socket, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private IDisposable? _subscription;
    private ConnectionStateChange? _latest;
    private long? _downSince;
    private bool _hasBegun;

    /// <summary>What the state last changed to, and why.</summary>
    public ConnectionStateChange? Latest => Volatile.Read(ref _latest);

    /// <summary>Zero while the house is reachable.</summary>
    public TimeSpan Length
    {
        get
        {
            lock (_lock) return _downSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
        }
    }

    /// <summary>Begins to measure; called again, it does nothing.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            if (_hasBegun) return;
            _hasBegun = true;
            _downSince = time.GetTimestamp();
        }

        _subscription = socket.StateChanges.Subscribe(OnChange);
    }

    public void Dispose() => _subscription?.Dispose();

    private void OnChange(ConnectionStateChange change)
    {
        lock (_lock)
        {
            _latest = change;
            if (change.Current is ConnectionState.Ready or ConnectionState.Idle) _downSince = null;
            else _downSince ??= time.GetTimestamp();
        }
    }
}
