using System.Buffers;

namespace HassSocket.Dialect;

/// <summary>Shows the folded <c>subscribe_entities</c> to the engine.</summary>
internal sealed class EntityChangeSource(EntitiesSubscription subscription, EntityFold fold) : SubscriptionSource<EntityChange>
{
    public override string Name => subscription.Type;

    public override SubscriptionSharing Sharing => SubscriptionSharing.Snapshot;

    public override SubscriptionFold Fold => fold;

    public override bool IsWide => subscription.IsWide;

    public override void Encode(IBufferWriter<byte> body, string? resumeToken) =>
        RequestEncoder.Encode(body, subscription.Type, subscription.WriteFields);

    public override string? ReadKey(StreamItem item, string key) => key == "entity_id" ? Read(item).EntityId : null;

    public override EntityChange Read(StreamItem item) => (EntityChange)item.Folded!;
}
