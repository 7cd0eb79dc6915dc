using HassSocket.Streams;

namespace HassSocket;

/// <summary>A subscription whose items are folded into a whole: whoever reads the whole keeps it open, with or without a consumer of its changes.</summary>
/// <typeparam name="T">What consumers of its changes receive.</typeparam>
public sealed class FoldedSubscription<T> : IDisposable
{
    private readonly SubscriptionSource<T> _source;
    private readonly StreamContext _context;
    private readonly StreamStatus _status;
    private StreamConsumer? _holder;

    /// <summary>Makes a subscription that is folded; nothing is asked for before it is opened, or its changes have a consumer.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="source">What to ask for: it has a <see cref="SubscriptionSource.Fold"/>, and its sharing is <see cref="SubscriptionSharing.Snapshot"/>.</param>
    /// <exception cref="ArgumentException">The source has no fold, or is shared in another way.</exception>
    public FoldedSubscription(Connection connection, SubscriptionSource<T> source)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(source);
        if (source is not { Fold: not null, Sharing: SubscriptionSharing.Snapshot })
            throw new ArgumentException($"'{source.Name}' has no fold, or is no snapshot: give it both, or subscribe to it.", nameof(source));
        _source = source;
        _context = connection.Streams;
        _status = new StreamStatus(_context.Registry.LogObserverFailed);
        Changes = connection.Subscribe(source);
    }

    /// <summary>First the whole, then what every item changes; cold to create.</summary>
    public LiveStream<T> Changes { get; }

    /// <summary>How the subscription stands, as long as it is held open.</summary>
    public SubscriptionStatus Status => _status.Current;

    /// <summary>Every change of <see cref="Status"/>; replays the latest.</summary>
    public IObservable<SubscriptionStatus> StatusChanges => _status.Changes;

    /// <summary>Asks for the subscription and holds it open, also across reconnects; does nothing when it is held already.</summary>
    public void Open()
    {
        if (Volatile.Read(ref _holder) is not null) return;
        var holder = new StreamConsumer(_source, new StreamOptions(), _status, _context, isListening: false);
        if (Interlocked.CompareExchange(ref _holder, holder, null) is not null) return;
        _context.Registry.Join(holder);
        // Given up by another thread before it had joined: nobody else would take it out.
        if (!ReferenceEquals(Volatile.Read(ref _holder), holder)) _context.Registry.Leave(holder);
    }

    /// <summary>Holds it open no longer; it ends at the server unless <see cref="Changes"/> has consumers. <see cref="Open"/> begins anew.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _holder, null) is { } holder) _context.Registry.Leave(holder);
    }
}
