namespace HassSocket;

/// <summary>What a protocol never changes its mind about, except what it may learn of its server.</summary>
public sealed record DialectFacts
{
    /// <summary>The largest message that the server accepts, in bytes; a larger one is refused before it is sent.</summary>
    /// <value>Default: no limit.</value>
    public int MaxRequestBytes { get; init; } = int.MaxValue;

    /// <summary>Whether this endpoint takes several requests in one frame; looked at before each frame, so a dialect may learn that it does not.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AcceptsBatches { get; init; }

    /// <summary>What stands before the first request of a batch, between two, and after the last.</summary>
    /// <value>Default: empty.</value>
    public (ReadOnlyMemory<byte> Begin, ReadOnlyMemory<byte> Between, ReadOnlyMemory<byte> End) Batch { get; init; }

    /// <summary>Whether a stop may leave only after the server said started (or refused): servers exist that lose an earlier one.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool StopNeedsStarted { get; init; }

    /// <summary>Whether a stopped subscription is answered by an item of kind <see cref="WireItemKind.Ended"/> that must be waited for.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool StopIsAnswered { get; init; }

    /// <summary>Whether a subscription that the server has ended is stopped all the same: servers exist that keep its key until then.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool StopFollowsEnd { get; init; }

    /// <summary>Whether the first valid result proves a session stable, besides its duration.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool StableAtFirstResult { get; init; }

    /// <summary>Whether an item of kind <see cref="WireItemKind.Notice"/> asks for a successor to be opened before the socket ends.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool NoticeAsksForSuccessor { get; init; }

    /// <summary>Whether an error without a key ends the session and is the reason of everything that waits there.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool KeylessErrorEndsSession { get; init; }
}
