using System.Buffers;
using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc.Dialect;

/// <summary>Shows a subscription to the engine: each consumer is a run of its own.</summary>
internal abstract class RequestSource<TItem>(TrpcRequest request, TrpcTransformer transformer) : SubscriptionSource<TItem>
{
    public override string Name => request.Path;

    public override SubscriptionSharing Sharing => SubscriptionSharing.PerConsumer;

    public override void Encode(IBufferWriter<byte> body, string? resumeToken) =>
        RequestEncoder.Encode(body, ProcedureKind.Subscription, request, transformer, resumeToken ?? request.LastEventId);

    public override string? ReadKey(StreamItem item, string key)
    {
        var data = Members.Find(new ReadOnlySequence<byte>(item.Bytes), "data"u8);
        return data.IsEmpty ? null : OutermostMember.Find(data, key);
    }

    protected T? ReadData<T>(StreamItem item, JsonTypeInfo<T> typeInfo) =>
        ResultReader.Read(new ReadOnlySequence<byte>(item.Bytes), transformer, typeInfo, request.Path);
}

/// <summary>The items of a subscription.</summary>
internal sealed class ItemSource<T>(TrpcRequest request, TrpcTransformer transformer, JsonTypeInfo<T> typeInfo)
    : RequestSource<T>(request, transformer)
{
    public override T Read(StreamItem item) => ReadData(item, typeInfo)!;
}

/// <summary>The items of a subscription with their ids.</summary>
internal sealed class TrackedItemSource<T>(TrpcRequest request, TrpcTransformer transformer, JsonTypeInfo<T> typeInfo)
    : RequestSource<Tracked<T>>(request, transformer)
{
    public override Tracked<T> Read(StreamItem item) =>
        new(ResultReader.EventId(new ReadOnlySequence<byte>(item.Bytes)), ReadData(item, typeInfo)!);
}
