namespace HassSocket;

/// <summary>The states of the house as they are now: the fold of one <c>subscribe_entities</c>, shared by everybody who asks.</summary>
/// <remarks>
/// The first use opens the subscription, and it stays open across reconnects. Every member may be used from any thread; finding an
/// entity takes no lock. A change that the server tells before it answers a command is here when the answer is.
/// After a loss of the connection the states stay readable, as they were last known, and <see cref="IsCurrent"/> says so; then the
/// server's fresh whole replaces them. Disposing gives the subscription up: the states stay readable, and the next use opens it again.
/// During a pause they go on to follow the server; only <see cref="Changes"/> is silent.
/// </remarks>
public interface IEntityStates : IDisposable
{
    /// <summary>Whether the states have come at least once, so that they can be read.</summary>
    bool IsReady { get; }

    /// <summary>Whether the states follow the server now; <see langword="false"/> while they are as they were last known.</summary>
    bool IsCurrent { get; }

    /// <summary>How the subscription stands: why there is nothing yet, or no news. Does not open it.</summary>
    SubscriptionStatus Status { get; }

    /// <summary>Every change of <see cref="Status"/>, with the gaps of reconnects; replays the latest.</summary>
    IObservable<SubscriptionStatus> StatusChanges { get; }

    /// <summary>
    /// What becomes of each entity. A consumer first gets all there is, with <see cref="EntityChange.IsResync"/>; then what changes; after
    /// a gap of its own or of the connection the differences, again as resync.
    /// </summary>
    /// <value>A stream that is cold to create. Under <see cref="OverflowPolicy.Latest"/> its <see cref="StreamOptions.LatestKey"/> is <c>entity_id</c>.</value>
    LiveStream<EntityChange> Changes { get; }

    /// <summary>Waits until the states have come, so that they can be read; at once when they have.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotConnectedException">They did not come within <see cref="ConnectionOptions.WaitForReady"/>; the message says why.</exception>
    /// <exception cref="HassCommandException">The server refused the subscription for good.</exception>
    Task ReadyAsync(CancellationToken cancellationToken = default);

    /// <summary>The state of an entity.</summary>
    /// <param name="entityId">The entity, such as <c>light.bed_light</c>.</param>
    /// <returns>Its state, or <see langword="null"/> when there is no such entity, or none that the user may see.</returns>
    /// <exception cref="InvalidOperationException">The states have not come yet: await <see cref="ReadyAsync"/>.</exception>
    EntityState? Find(string entityId);

    /// <summary>The states of all entities, in no particular order.</summary>
    /// <exception cref="InvalidOperationException">The states have not come yet: await <see cref="ReadyAsync"/>.</exception>
    IReadOnlyList<EntityState> All();

    /// <summary>The states of all entities of a domain, in no particular order.</summary>
    /// <param name="domain">The part of the id before the dot, such as <c>light</c>.</param>
    /// <exception cref="InvalidOperationException">The states have not come yet: await <see cref="ReadyAsync"/>.</exception>
    IReadOnlyList<EntityState> OfDomain(string domain);

    /// <summary>States of some entities only: the server filters, so that this is a subscription of its own, and not a wide one.</summary>
    /// <param name="filter">Which entities.</param>
    /// <returns>States that are followed from their first use until they are disposed; keep them, each call makes others.</returns>
    /// <exception cref="ArgumentException">The filter holds an empty list, which means all to the server.</exception>
    IEntityStates Only(EntityFilter filter);
}
