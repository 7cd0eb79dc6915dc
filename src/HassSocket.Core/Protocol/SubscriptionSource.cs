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

    /// <summary>Writes the request, all but its key.</summary>
    /// <param name="body">Takes the bytes.</param>
    /// <param name="resumeToken">The last item's token, so that the server can go on behind it; <see langword="null"/> at first.</param>
    public abstract void Encode(IBufferWriter<byte> body, string? resumeToken);

    /// <summary>Reads the value by which <see cref="OverflowPolicy.Latest"/> tells items apart; runs on the read loop.</summary>
    /// <param name="item">The payload of an item.</param>
    /// <param name="key">The name of the value, as in <see cref="StreamOptions.LatestKey"/>.</param>
    /// <returns>The value, or <see langword="null"/> when the item has none.</returns>
    public virtual string? ReadKey(ReadOnlyMemory<byte> item, string key) => null;
}
