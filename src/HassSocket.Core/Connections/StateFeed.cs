using HassSocket.Streams;

namespace HassSocket.Connections;

/// <summary>The state of a connection and its changes, in order, the latest replayed.</summary>
internal sealed class StateFeed
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Feed<ConnectionStateChange> _feed;
    private ConnectionStateChange _latest;

    public StateFeed(TimeProvider time, Action<Exception> onObserverFailed)
    {
        _time = time;
        _feed = new Feed<ConnectionStateChange>(onObserverFailed);
        _latest = new ConnectionStateChange(ConnectionState.Stopped, ConnectionState.Stopped, time.GetUtcNow()) { Reason = EndReason.Stopped };
        _feed.Publish(_latest);
    }

    public ConnectionState Current => Latest.Current;

    public ConnectionStateChange Latest
    {
        get { lock (_lock) return _latest; }
    }

    public IObservable<ConnectionStateChange> Changes => _feed;

    /// <summary>Makes a step; the step is refused when no such arrow exists.</summary>
    public void Move(ConnectionState to, Failure? why = null, int failedAttempts = 0, TimeSpan? nextAttemptIn = null)
    {
        lock (_lock)
        {
            ConnectionTransitions.Check(_latest.Current, to);
            _latest = new ConnectionStateChange(_latest.Current, to, _time.GetUtcNow())
            {
                Reason = why?.Reason ?? EndReason.None,
                Explanation = why?.Explanation,
                Error = why?.Error,
                FailedAttempts = failedAttempts,
                NextAttemptIn = nextAttemptIn,
            };
            _feed.Publish(_latest);
        }
    }

    public void Complete() => _feed.Complete();
}
