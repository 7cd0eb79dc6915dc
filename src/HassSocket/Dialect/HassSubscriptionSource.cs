using System.Buffers;

namespace HassSocket.Dialect;

/// <summary>Shows a subscription command to the engine.</summary>
internal sealed class HassSubscriptionSource<T>(HassSubscription<T> subscription) : SubscriptionSource<T>
{
    private HassSubscription<T> Subscription => subscription;

    public override string Name => subscription.Type;

    public override SubscriptionSharing Sharing => subscription.Sharing;

    public override bool IsWide => subscription.IsWide;

    // Home Assistant has nothing to resume from: it begins anew.
    public override void Encode(IBufferWriter<byte> body, string? resumeToken) =>
        RequestEncoder.Encode(body, subscription.Type, subscription.WriteFields);

    public override string? ReadKey(StreamItem item, string key) => subscription.ReadKey(item.Bytes, key);

    public override bool ReadsLike(object? other) => other is HassSubscriptionSource<T> like && like.Subscription.Equals(Subscription);

    public override T Read(StreamItem item) => ResultReader.ReadItem(subscription, item.Bytes, item.IsFirst);
}
