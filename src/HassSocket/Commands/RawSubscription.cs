using System.Text.Json;

namespace HassSocket;

/// <summary>Any subscription, by its type and fields: the raw door, for what has no command of its own here.</summary>
public sealed record RawSubscription : HassSubscription<JsonElement>
{
    /// <summary>Creates the subscription.</summary>
    /// <param name="type">The command's name on the wire.</param>
    /// <param name="fields">Its members beside <c>id</c> and <c>type</c>, sent as they are; <see langword="null"/> for none.</param>
    /// <param name="sharing">
    /// How its consumers share it on the wire; <see langword="null"/>: <see cref="SubscriptionSharing.Shared"/> for events and triggers,
    /// <see cref="SubscriptionSharing.Snapshot"/> for anything else, because nearly all begin by telling how things stand.
    /// </param>
    /// <exception cref="ArgumentException">The type is empty.</exception>
    public RawSubscription(string type, JsonFields? fields = null, SubscriptionSharing? sharing = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        Type = type;
        Fields = fields;
        Sharing = sharing ?? (type is "subscribe_events" or "subscribe_trigger" ? SubscriptionSharing.Shared : SubscriptionSharing.Snapshot);
        IsWide = type switch
        {
            "subscribe_events" => TextOf("event_type") is null or "*" or "state_changed",
            "subscribe_entities" => !Has("entity_ids") && !Has("include"),
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override string Type { get; }

    /// <summary>The members beside <c>id</c> and <c>type</c>.</summary>
    public JsonFields? Fields { get; }

    /// <inheritdoc/>
    public override SubscriptionSharing Sharing { get; }

    /// <inheritdoc/>
    public override bool IsWide { get; }

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer) => Fields?.WriteMembersTo(writer);

    /// <inheritdoc/>
    protected internal override JsonElement ReadEvent(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);

    private string? TextOf(string name) => Fields is not null && Fields.Value.TryGetProperty(name, out var value) ? value.ToString() : null;

    // An empty list is no filter to the server.
    private bool Has(string name) => TextOf(name) is not (null or "" or "[]" or "{}");
}
