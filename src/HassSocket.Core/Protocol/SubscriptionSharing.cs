namespace HassSocket;

/// <summary>How the consumers of a subscription share it on the wire.</summary>
public enum SubscriptionSharing
{
    /// <summary>One on the wire for all consumers of the same encoded request, whatever they read from it.</summary>
    Shared,

    /// <summary>
    /// Begins with a whole and goes on with differences: one on the wire per consumer, and asked for again after a pause or a drop.
    /// With a <see cref="SubscriptionSource.Fold"/>: one for all consumers, who get the whole from the fold.
    /// </summary>
    Snapshot,

    /// <summary>Each consumer is a run of its own.</summary>
    PerConsumer,
}
