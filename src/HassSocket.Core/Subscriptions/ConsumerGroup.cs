using System.Buffers;
using HassSocket.Streams;

namespace HassSocket.Subscriptions;

/// <summary>The consumers that share a subscription, and what all of them are told; guarded by the subscription's lock.</summary>
internal sealed class ConsumerGroup
{
    private readonly List<StreamConsumer> _all = [];
    private string? _reason;
    private Exception? _error;
    private bool _isPaused;

    public int Count => _all.Count;

    public long Depth => _all.Sum(consumer => consumer.Mailbox.Depth);

    /// <summary>How the subscription stands, as its consumers were told.</summary>
    public SubscriptionState State { get; private set; } = SubscriptionState.Pending;

    public void Add(StreamConsumer consumer, DateTimeOffset? pausedAt)
    {
        _all.Add(consumer);
        consumer.Status.Enter(State, _reason, _error);
        _isPaused = pausedAt is not null;
        if (pausedAt is { } since) consumer.Pause(since);
    }

    public bool Remove(StreamConsumer consumer)
    {
        if (!_all.Remove(consumer)) return false;
        consumer.Status.Exit();
        return true;
    }

    /// <summary>Puts an item into every mailbox; during a pause it only counts.</summary>
    /// <returns>Those to whom that is worth a line in the log.</returns>
    public List<StreamConsumer>? Deliver(in ReadOnlySequence<byte> payload, bool isFirst)
    {
        if (_all.Count == 0) return null;
        if (_isPaused)
        {
            foreach (var consumer in _all) consumer.CountPaused();
            return null;
        }

        List<StreamConsumer>? overflowing = null;
        var shared = new StreamItem(payload.ToArray(), isFirst);
        foreach (var consumer in _all)
        {
            if (consumer.Post(shared)) (overflowing ??= []).Add(consumer);
        }

        return overflowing;
    }

    public void Stand(SubscriptionState state, string? reason = null, Exception? error = null)
    {
        State = state;
        _reason = reason;
        _error = error;
        foreach (var consumer in _all) consumer.Status.Stand(state, reason, error);
    }

    public void Tell(StreamGap gap)
    {
        foreach (var consumer in _all) consumer.Status.Gap(gap);
    }

    /// <summary>It is over for good: consumers get what waits for them, then the end.</summary>
    public void End(SubscriptionState state, Exception? error)
    {
        Stand(state, error?.Message, error);
        foreach (var consumer in _all) consumer.Mailbox.Complete(error);
    }

    public void Pause(DateTimeOffset now)
    {
        _isPaused = true;
        foreach (var consumer in _all) consumer.Pause(now);
    }

    /// <summary>Ends a pause.</summary>
    /// <returns>Whether anything was missed.</returns>
    public bool Resume(DateTimeOffset now)
    {
        _isPaused = false;
        var hasMissed = false;
        foreach (var consumer in _all) hasMissed |= consumer.Resume(now);
        return hasMissed;
    }
}
