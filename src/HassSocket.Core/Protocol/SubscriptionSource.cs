using System.Buffers;

namespace HassSocket;

/// <summary>What a subscription asks the server for; immutable, and encoded anew at every restore.</summary>
public abstract class SubscriptionSource
{
    /// <summary>The command's name, for logs and errors.</summary>
    public abstract string Name { get; }

    /// <summary>How consumers share the subscription on the wire.</summary>
    public abstract SubscriptionSharing Sharing { get; }

    /// <summary>Whether it hears of everything that happens, so that a burst may make the server hang up.</summary>
    public virtual bool IsWide => false;

    /// <summary>What folds its items into a whole; only with <see cref="SubscriptionSharing.Snapshot"/>.</summary>
    /// <value>Default: <see langword="null"/>, consumers get the items as they come.</value>
    public virtual SubscriptionFold? Fold => null;

    // Whether its consumers say when they are done with an item, so that memory can be on loan.
    internal virtual bool IsPooled => false;

    /// <summary>Writes the request, all but its key.</summary>
    /// <param name="body">Takes the bytes.</param>
    /// <param name="resumeToken">The last item's token, so that the server can go on behind it; <see langword="null"/> at first.</param>
    public abstract void Encode(IBufferWriter<byte> body, string? resumeToken);

    /// <summary>Reads the value by which <see cref="OverflowPolicy.Latest"/> tells items apart; runs on the read loop.</summary>
    /// <param name="item">The item.</param>
    /// <param name="key">The name of the value, as in <see cref="StreamOptions.LatestKey"/>.</param>
    /// <returns>The value, or <see langword="null"/> when the item has none.</returns>
    public virtual string? ReadKey(StreamItem item, string key) => null;
}
