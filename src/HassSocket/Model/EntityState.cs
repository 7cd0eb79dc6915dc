using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>The state of an entity. Immutable.</summary>
/// <remarks>
/// Over the wire: <c>{"entity_id":"sensor.attic","state":"21.4","attributes":{…},"last_changed":"…","last_reported":"…","last_updated":"…","context":{…}}</c>.
/// What the server left out is empty.
/// </remarks>
public sealed record EntityState
{
    /// <summary>The entity, such as <c>light.bed_light</c>.</summary>
    public string EntityId { get; init => field = value ?? ""; } = "";

    /// <summary>The state, always a text: <c>on</c>, <c>21.4</c>, <c>unknown</c>, <c>unavailable</c>.</summary>
    public string State { get; init => field = value ?? ""; } = "";

    /// <summary>The attributes, a JSON object.</summary>
    public JsonElement Attributes
    {
        get;
        init => field = value.ValueKind == JsonValueKind.Object ? value : JsonScan.EmptyObject;
    }

    = JsonScan.EmptyObject;

    /// <summary>When the state became another one, by the server's clock.</summary>
    public DateTimeOffset LastChanged { get; init; }

    /// <summary>When the state or an attribute became another one, by the server's clock.</summary>
    public DateTimeOffset LastUpdated { get; init; }

    /// <summary>When the state was last reported, changed or not; <see langword="null"/> before 2024.4 and in compressed form.</summary>
    public DateTimeOffset? LastReported { get; init; }

    /// <summary>What caused the last change.</summary>
    public EventContext Context { get; init => field = value ?? EventContext.None; } = EventContext.None;

    /// <summary>The part of the id before the dot, such as <c>light</c>.</summary>
    public string Domain => EntityId.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? EntityId[..dot] : "";

    /// <summary>An attribute.</summary>
    /// <param name="name">Its name, such as <c>brightness</c>.</param>
    /// <returns>Its value, or <see langword="null"/> where the entity has no such attribute, or its value is null.</returns>
    public JsonElement? Attribute(string name) =>
        Attributes.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The entity and its state, such as <c>light.bed_light is on</c>.</summary>
    public override string ToString() => $"{EntityId} is {State}";
}
