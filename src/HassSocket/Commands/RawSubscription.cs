using System.Text.Json;

namespace HassSocket;

/// <summary>Any subscription, by its type and fields: the raw door, for what has no command of its own here.</summary>
/// <remarks>A subscription that begins with a whole and goes on with differences should be <see cref="SubscriptionSharing.Snapshot"/>.</remarks>
public sealed record RawSubscription : HassSubscription<JsonElement>
{
    private readonly JsonFields? _fields;
    private readonly SubscriptionSharing _sharing;

    /// <summary>Creates the subscription.</summary>
    /// <param name="type">The command's name on the wire.</param>
    /// <param name="fields">Its members beside <c>id</c> and <c>type</c>, sent as they are; <see langword="null"/> for none.</param>
    /// <param name="sharing">How its consumers share it on the wire.</param>
    /// <exception cref="ArgumentException">The type is empty.</exception>
    public RawSubscription(string type, JsonFields? fields = null, SubscriptionSharing sharing = SubscriptionSharing.Shared)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        Type = type;
        _fields = fields;
        _sharing = sharing;
    }

    /// <inheritdoc/>
    public override string Type { get; }

    /// <inheritdoc/>
    public override SubscriptionSharing Sharing => _sharing;

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer) => _fields?.WriteMembersTo(writer);

    /// <inheritdoc/>
    protected internal override JsonElement ReadEvent(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);
}
