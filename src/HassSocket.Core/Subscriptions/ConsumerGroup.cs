using System.Buffers;
using HassSocket.Streams;

namespace HassSocket.Subscriptions;

/// <summary>The consumers that share a subscription, and what all of them are told; guarded by the subscription's lock.</summary>
internal sealed class ConsumerGroup(SubscriptionFold? fold = null)
{
    private const int MostKept = 256;
    private readonly List<StreamConsumer> _all = [];
    private readonly List<object> _changes = [];
    private string? _reason;
    private Exception? _error;
    private bool _isPaused;
    private bool _isPooled;

    public int Count => _all.Count;

    public long Depth => _all.Sum(consumer => consumer.Mailbox.Depth);

    /// <summary>How the subscription stands, as its consumers were told.</summary>
    public SubscriptionState State { get; private set; } = SubscriptionState.Pending;

    public void Add(StreamConsumer consumer, DateTimeOffset? pausedAt)
    {
        _all.Add(consumer);
        _isPooled = _all.TrueForAll(one => one.Source.IsPooled);
        consumer.Status.Enter(State, _reason, _error);
        _isPaused = pausedAt is not null;
        if (pausedAt is { } since) consumer.Pause(since);
        consumer.NeedsWhole = true;
        TellWhole(consumer);
    }

    /// <summary>Gives a consumer that has lost the thread the whole of the fold; in a pause, at its end.</summary>
    public void TellWhole(StreamConsumer consumer)
    {
        if (fold is not { IsFilled: true } || !consumer.IsListening) return;
        consumer.NeedsWhole = _isPaused;
        if (_isPaused) return;
        var changes = new List<object>();
        fold.TellWhole(changes);
        Post(changes, 0, [consumer]);
    }

    public bool Remove(StreamConsumer consumer)
    {
        if (!_all.Remove(consumer)) return false;
        _isPooled = _all.TrueForAll(one => one.Source.IsPooled);
        consumer.Status.Exit();
        return true;
    }

    /// <summary>Puts an item into every mailbox; during a pause it only counts.</summary>
    /// <returns>Those to whom that is worth a line in the log.</returns>
    public List<StreamConsumer>? Deliver(in ReadOnlySequence<byte> payload, bool isFirst)
    {
        if (_all.Count == 0) return null;
        var changes = FoldIn(payload, isFirst);
        if (_isPaused)
        {
            foreach (var consumer in _all) consumer.CountPaused();
            return null;
        }

        return changes is null ? Post(Keep(payload, isFirst), _all) : Post(changes, (int)payload.Length, _all);
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
        fold?.BeginGap();
        foreach (var consumer in _all) consumer.Pause(now);
    }

    /// <summary>Ends a pause.</summary>
    /// <returns>Whether anything was missed.</returns>
    public bool Resume(DateTimeOffset now)
    {
        _isPaused = false;
        if (fold is not null) TellGap(fold);
        var hasMissed = false;
        foreach (var consumer in _all) hasMissed |= consumer.Resume(now);
        return hasMissed;
    }

    private List<object>? FoldIn(in ReadOnlySequence<byte> payload, bool isFirst)
    {
        if (fold is null) return null;
        // Used for every item: what is posted holds the changes, not the list.
        var changes = _changes;
        changes.Clear();
        if (changes.Capacity > MostKept) changes.TrimExcess();
        // Differences to a base that could not be read are worth nothing.
        if (!isFirst && !fold.IsCurrent) return changes;
        try
        {
            fold.Take(payload, isFirst, !_isPaused && _all.Exists(consumer => consumer.IsListening) ? changes : null);
            if (isFirst) fold.NoteBase();
            return changes;
        }
        catch (Exception unreadable)
        {
            foreach (var consumer in _all) consumer.Status.Unreadable(unreadable.Message);
            Post(changes, (int)payload.Length, _all);
            throw;
        }
    }

    // Before the mailboxes are released, so that it stands behind what they hold.
    private void TellGap(SubscriptionFold ended)
    {
        var changes = new List<object>();
        ended.EndGap(changes);
        Post(changes, 0, _all.FindAll(consumer => !consumer.NeedsWhole));
        foreach (var consumer in _all.FindAll(consumer => consumer.NeedsWhole)) TellWhole(consumer);
    }

    private static List<StreamConsumer>? Post(List<object> changes, int size, List<StreamConsumer> consumers) => changes.Count switch
    {
        0 => null,
        1 => Post(new FoldedItem(changes[0], size), consumers),
        _ => Post(new FoldedItems(changes.ConvertAll(change => new FoldedItem(change, 0))), consumers),
    };

    private static List<StreamConsumer>? Post(StreamItem item, List<StreamConsumer> consumers)
    {
        List<StreamConsumer>? overflowing = null;
        foreach (var consumer in consumers)
        {
            if (consumer.Post(item)) (overflowing ??= []).Add(consumer);
        }

        item.Release();
        return overflowing;
    }

    // Memory is on loan where every consumer says when it is done with an item; one that keeps items is given its own.
    private StreamItem Keep(in ReadOnlySequence<byte> payload, bool isFirst) =>
        _isPooled ? new PooledItem(payload, isFirst) : new OwnedItem(payload.ToArray(), isFirst);
}
