using HassSocket.Connections;
using HassSocket.Subscriptions;

namespace HassSocket.Streams;

/// <summary>One consumer of a subscription: its mailbox, its stream's status, and what it missed.</summary>
internal sealed partial class StreamConsumer
{
    private readonly Lock _lock = new();
    private readonly StreamContext _context;
    private readonly StreamOptions _options;
    private long _droppedInEpisode;
    private DateTimeOffset _episodeBegan;
    private DateTimeOffset? _pausedSince;
    private long _missedInPause;

    public StreamConsumer(SubscriptionSource source, StreamOptions options, StreamStatus status, StreamContext context, bool isListening = true)
    {
        IsListening = isListening;
        Source = source;
        Status = status;
        _options = options;
        _context = context;
        _log = context.Log;
        Mailbox = new Mailbox(options, source);
    }

    public SubscriptionSource Source { get; }

    public Mailbox Mailbox { get; }

    public StreamStatus Status { get; }

    /// <summary>Whether it takes items; one that does not only keeps a folded subscription open.</summary>
    public bool IsListening { get; }

    /// <summary>Whether it must get the whole of a fold at the end of a pause, since differences are not enough.</summary>
    public bool NeedsWhole { get; set; }

    /// <summary>What it takes part in; set while it does.</summary>
    public ActiveSubscription? Subscription { get; set; }

    /// <summary>The number of the session whose handler it joined in; zero where no handler did.</summary>
    public int JoinedIn { get; } = SessionHandlers.Current;

    /// <summary>By what <see cref="RejoinWatch"/> knows it; <see langword="null"/> where it does not.</summary>
    public string? RejoinKey { get; set; }

    private string Name => _options.Name.Length > 0 ? _options.Name : Source.Name;

    /// <summary>Takes an item; the read loop calls it.</summary>
    /// <returns>Whether it is worth a line in the log: <see cref="LogOverflow"/>, when no lock is held.</returns>
    public bool Post(StreamItem item)
    {
        if (!IsListening) return false;
        var outcome = Mailbox.Post(item);
        if (outcome is PostOutcome.Taken or PostOutcome.Ignored) return false;
        _context.Telemetry.Drop(Name, _options.Policy);
        var isFirst = outcome == PostOutcome.Dropped && IsFirstOfEpisode();
        if (outcome == PostOutcome.Failed) Status.Overflow(Mailbox.Error!);
        else Status.Drop(isTold: isFirst);
        return isFirst || outcome == PostOutcome.Failed;
    }

    public void LogOverflow()
    {
        if (Mailbox.Error is StreamOverflowException failed) LogOverflowed(Name, failed.Message);
        else LogDropsBegan(Name, _options.Capacity, _options.Policy);
    }

    /// <summary>The mailbox is empty: an episode of drops is over, and its size is known.</summary>
    public void NoteDrained()
    {
        StreamGap gap;
        lock (_lock)
        {
            if (_droppedInEpisode == 0) return;
            gap = new StreamGap(GapReason.Dropped, _episodeBegan, _context.Time.GetUtcNow(), _droppedInEpisode) { Consumer = Name };
            _droppedInEpisode = 0;
        }

        LogDropsEnded(Name, gap.Count!.Value);
        Status.Gap(gap);
        if (Source.Sharing != SubscriptionSharing.Snapshot || Subscription is not { } subscription) return;
        if (Source.Fold is null) _context.Registry.Renew(subscription);
        else subscription.TellWhole(this);
    }

    public void Pause(DateTimeOffset now)
    {
        lock (_lock) _pausedSince = now;
        var discarded = Mailbox.Hold();
        NeedsWhole = discarded > 0;
        CountPaused(discarded);
    }

    public void CountPaused(int count = 1)
    {
        if (!IsListening) return;
        lock (_lock) _missedInPause += count;
    }

    /// <summary>Ends a pause: one gap, if anything was missed.</summary>
    /// <returns>Whether anything was.</returns>
    public bool Resume(DateTimeOffset now)
    {
        StreamGap gap;
        lock (_lock)
        {
            if (_pausedSince is not { } since) return false;
            gap = new StreamGap(GapReason.Pause, since, now, _missedInPause);
            _pausedSince = null;
            _missedInPause = 0;
        }

        if (gap.Count > 0) Status.Gap(gap);
        Mailbox.Release();
        return gap.Count > 0;
    }

    private bool IsFirstOfEpisode()
    {
        lock (_lock)
        {
            if (_droppedInEpisode++ > 0) return false;
            _episodeBegan = _context.Time.GetUtcNow();
            return true;
        }
    }
}
