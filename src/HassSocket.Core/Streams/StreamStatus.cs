namespace HassSocket.Streams;

/// <summary>The status of one stream: how its subscription stands, plus what its own consumers missed.</summary>
internal sealed class StreamStatus
{
    private readonly Lock _lock = new();
    private readonly Feed<SubscriptionStatus> _feed;
    private SubscriptionStatus _current = new(SubscriptionState.Pending);
    private int _consumers;

    public StreamStatus(Action<Exception> onObserverFailed)
    {
        _feed = new Feed<SubscriptionStatus>(onObserverFailed);
        _feed.Publish(_current);
    }

    public SubscriptionStatus Current
    {
        get { lock (_lock) return _current; }
    }

    public IObservable<SubscriptionStatus> Changes => _feed;

    /// <summary>A consumer of the stream takes part in a subscription that stands like this.</summary>
    public void Enter(SubscriptionState state, string? reason, Exception? error)
    {
        lock (_lock) _consumers++;
        Stand(state, reason, error);
    }

    /// <summary>A consumer has left; without any, nothing is asked for, unless the end was not the consumer's wish.</summary>
    public void Exit()
    {
        lock (_lock)
        {
            if (--_consumers > 0 || _current.State is SubscriptionState.Refused or SubscriptionState.Ended) return;
        }

        Stand(SubscriptionState.Pending);
    }

    public void Stand(SubscriptionState state, string? reason = null, Exception? error = null) => Change(now =>
        now.State == state && now.Reason == reason && ReferenceEquals(now.Error, error)
            ? now
            : now with { State = state, Reason = reason, Error = error });

    /// <summary>A consumer's mailbox has failed: the stream has ended for it, and as a whole if it was the only one.</summary>
    public void Overflow(Exception error)
    {
        lock (_lock)
        {
            if (_consumers > 1) return;
        }

        Stand(SubscriptionState.Ended, error.Message, error);
    }

    /// <summary>Tells of a gap; the consumers of one stream share it, so it is told once.</summary>
    public void Gap(StreamGap gap) => Change(now => now.Gap == gap ? now : now with { Gap = gap });

    /// <summary>Counts a dropped item; told only at the first of an episode, and at its end with the gap.</summary>
    public void Drop(bool isTold) => Change(now => now with { Dropped = now.Dropped + 1 }, isTold);

    /// <summary>Counts an unreadable item; told at the first, second, fourth, eighth … so that a flood of them floods nobody.</summary>
    public void Unreadable(string what)
    {
        lock (_lock)
        {
            var count = _current.Unreadable + 1;
            _current = _current with { Unreadable = count, LastUnreadable = what };
            if (long.IsPow2(count)) _feed.Publish(_current);
            else _feed.Remember(_current);
        }
    }

    private void Change(Func<SubscriptionStatus, SubscriptionStatus> change, bool isTold = true)
    {
        lock (_lock)
        {
            var next = change(_current);
            if (ReferenceEquals(next, _current)) return;
            _current = next;
            if (isTold) _feed.Publish(next);
            else _feed.Remember(next);
        }
    }
}
