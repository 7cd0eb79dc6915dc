namespace HassSocket.Streams;

/// <summary>The status of one stream: how its subscription stands, plus what its own consumers missed.</summary>
internal sealed class StreamStatus(Action<Exception> onObserverFailed)
{
    private readonly Lock _lock = new();
    private readonly Feed<SubscriptionStatus> _feed = new(onObserverFailed);
    private SubscriptionStatus _current = new(SubscriptionState.Pending);

    public SubscriptionStatus Current
    {
        get { lock (_lock) return _current; }
    }

    public IObservable<SubscriptionStatus> Changes => _feed;

    public void Stand(SubscriptionState state, string? reason = null, Exception? error = null) => Change(now =>
        now.State == state && now.Reason == reason && ReferenceEquals(now.Error, error)
            ? now
            : now with { State = state, Reason = reason, Error = error });

    public void Gap(StreamGap gap) => Change(now => now with { Gap = gap });

    public void Drop() => Change(now => now with { Dropped = now.Dropped + 1 }, quiet: true);

    /// <summary>Counts an unreadable item; told at the first, second, fourth, eighth … so that a flood of them floods nobody.</summary>
    public void Unreadable(string what)
    {
        lock (_lock)
        {
            var count = _current.Unreadable + 1;
            _current = _current with { Unreadable = count, LastUnreadable = what };
            if (long.IsPow2(count)) _feed.Publish(_current);
        }
    }

    public void Announce()
    {
        lock (_lock) _feed.Publish(_current);
    }

    private void Change(Func<SubscriptionStatus, SubscriptionStatus> change, bool quiet = false)
    {
        lock (_lock)
        {
            var next = change(_current);
            if (ReferenceEquals(next, _current)) return;
            _current = next;
            if (!quiet) _feed.Publish(next);
        }
    }
}
