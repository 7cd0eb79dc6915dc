using HassSocket.Dialect;

namespace HassSocket;

/// <summary>The states of a house, read from the table of a fold that the subscription's read loop writes.</summary>
internal sealed class EntityStates : IEntityStates
{
    private readonly EntityStatesContext _context;
    private readonly EntityFold _fold = new();
    private readonly FoldedSubscription<EntityChange> _subscription;

    public EntityStates(EntityStatesContext context, EntityFilter? filter = null)
    {
        _context = context;
        var source = new EntityChangeSource(new EntitiesSubscription(filter), _fold);
        _subscription = new FoldedSubscription<EntityChange>(context.Connection, source);
    }

    public bool IsReady => _fold.IsFilled;

    public bool IsCurrent => _fold.IsCurrent;

    public SubscriptionStatus Status => _subscription.Status;

    public IObservable<SubscriptionStatus> StatusChanges => _subscription.StatusChanges;

    public LiveStream<EntityChange> Changes => _subscription.Changes;

    private EntityTable Table
    {
        get
        {
            _subscription.Open();
            return _fold.IsFilled ? _fold.Table : throw new InvalidOperationException($"The states have not come yet. {Why()} Await ReadyAsync() first.");
        }
    }

    public async Task ReadyAsync(CancellationToken cancellationToken = default)
    {
        _subscription.Open();
        if (_fold.IsFilled) return;
        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = _subscription.StatusChanges.Subscribe(status =>
        {
            if (status.State is SubscriptionState.Refused or SubscriptionState.Ended) isOver.TrySetResult();
        });
        try
        {
            await Task.WhenAny(_fold.Filled, isOver.Task).WaitAsync(_context.WaitForReady, _context.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw NotReady($"They did not come within {_context.WaitForReady.TotalSeconds:0.###} s (WaitForReady).");
        }

        if (_fold.IsFilled) return;
        if (Status.Error is CommandFailedException refusal) throw refusal;
        throw NotReady("They will not come any more.");
    }

    public EntityState? Find(string entityId)
    {
        ArgumentNullException.ThrowIfNull(entityId);
        return Table.Find(entityId);
    }

    public IReadOnlyList<EntityState> All() => Table.All();

    public IReadOnlyList<EntityState> OfDomain(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return Table.OfDomain(domain);
    }

    public IEntityStates Only(EntityFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new EntityStates(_context, filter);
    }

    public void Dispose() => _subscription.Dispose();

    private NotConnectedException NotReady(string beginning)
    {
        var last = _context.Connection.LatestChange;
        return new NotConnectedException($"The states have not come. {beginning} {Why()}", last.Reason, Status.Error ?? last.Error);
    }

    private string Why() => (Status.State, _context.Connection.State) switch
    {
        (SubscriptionState.Refused or SubscriptionState.Waiting, _) => $"The server says: {Status.Reason}",
        (SubscriptionState.Ended, _) => "The subscription has ended, or the socket was disposed.",
        (_, ConnectionState.Ready) => "The server has been asked, and has not answered yet.",
        (_, ConnectionState.Stopped) => "The socket is not started.",
        (_, var state) => $"There is no connection ({state}). {_context.Connection.LatestChange.Explanation}".TrimEnd(),
    };
}
