using System.Text.Json;

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

    /// <summary>The attributes, a JSON object; parsed when they are first asked for.</summary>
    public JsonElement Attributes
    {
        get => LazyAttributes.Json;
        init => LazyAttributes = EntityAttributes.Of(value);
    }

    /// <summary>When the state became another one, by the server's clock.</summary>
    public DateTimeOffset LastChanged { get; init; }

    /// <summary>When the state or an attribute became another one, by the server's clock.</summary>
    public DateTimeOffset LastUpdated { get; init; }

    /// <summary>When the state was last reported, changed or not; <see langword="null"/> before 2024.4 and in compressed form.</summary>
    public DateTimeOffset? LastReported { get; init; }

    /// <summary>What caused the last change.</summary>
    public EventContext Context
    {
        // Two readers may both read it; what they find is the same.
        get => field ??= EventContext.Read(WrittenContext.Span);
        init => field = value ?? EventContext.None;
    }

    /// <summary>The part of the id before the dot, such as <c>light</c>.</summary>
    public string Domain => EntityId.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? EntityId[..dot] : "";

    /// <summary>The context as it came, to be read when somebody asks; empty where it is known, or there is none.</summary>
    internal ReadOnlyMemory<byte> WrittenContext { private get; init; }

    internal EntityAttributes LazyAttributes { get; init; } = EntityAttributes.Empty;

    /// <summary>An attribute.</summary>
    /// <param name="name">Its name, such as <c>brightness</c>.</param>
    /// <returns>Its value, or <see langword="null"/> where the entity has no such attribute, or its value is null.</returns>
    public JsonElement? Attribute(string name) =>
        Attributes.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Whether everything about the two is equal; attributes by their values, whatever their order.</summary>
    /// <param name="other">The other state.</param>
    public bool Equals(EntityState? other) =>
        other is not null && EntityId == other.EntityId && State == other.State && LastChanged == other.LastChanged
        && LastUpdated == other.LastUpdated && LastReported == other.LastReported && Context == other.Context
        && LazyAttributes.Equals(other.LazyAttributes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EntityId, State, LastUpdated);

    /// <summary>The entity and its state, such as <c>light.bed_light is on</c>.</summary>
    public override string ToString() => $"{EntityId} is {State}";
}
