using System.Buffers;

using HassSocket.Streams;

namespace HassSocket;

/// <summary>Any subscription, read as raw bytes in memory that is on loan: see <see cref="RawEvent"/>.</summary>
/// <remarks>The engine copies an item only where a consumer of the same subscription on the wire keeps its items.</remarks>
/// <param name="source">What to ask for.</param>
public sealed class RawSource(SubscriptionSource source) : SubscriptionSource<RawEvent>
{
    /// <inheritdoc/>
    public override string Name => source.Name;

    /// <inheritdoc/>
    public override SubscriptionSharing Sharing => source.Sharing;

    /// <inheritdoc/>
    public override bool IsWide => source.IsWide;

    internal override bool IsPooled => true;

    /// <inheritdoc/>
    public override void Encode(IBufferWriter<byte> body, string? resumeToken) => source.Encode(body, resumeToken);

    /// <inheritdoc/>
    public override string? ReadKey(StreamItem item, string key) => source.ReadKey(item, key);

    /// <inheritdoc/>
    /// <remarks>Who reads like this cannot say when it is done, and gets bytes of its own.</remarks>
    public override RawEvent Read(StreamItem item) => new(item is PooledItem ? item.Bytes.ToArray() : item.Bytes);

    internal override RawEvent Lend(StreamItem item, ItemLoan loan) => loan.Begin(item);
}
