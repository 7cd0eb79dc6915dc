namespace HassSocket;

/// <summary>Which entities a subscription is about; the server filters, and all parts must agree.</summary>
/// <remarks>Over the wire: <c>"entity_ids":[…]</c>, <c>"include":{"domains":[…]}</c>, <c>"exclude":{…}</c>; the last two since 2024.9.</remarks>
public sealed record EntityFilter
{
    /// <summary>Only these entities.</summary>
    /// <value>Default: <see langword="null"/>, any. An empty list is refused, because it means all to the server.</value>
    public IReadOnlyList<string>? EntityIds { get; init; }

    /// <summary>Only what is selected here.</summary>
    /// <value>Default: <see langword="null"/>, anything.</value>
    public EntitySelection? Include { get; init; }

    /// <summary>Not what is selected here.</summary>
    /// <value>Default: <see langword="null"/>, nothing.</value>
    public EntitySelection? Exclude { get; init; }

    /// <summary>These entities.</summary>
    /// <param name="entityIds">Their ids, such as <c>light.bed_light</c>.</param>
    public static EntityFilter Entities(params IReadOnlyList<string> entityIds) => new() { EntityIds = entityIds };

    /// <summary>All entities of these domains.</summary>
    /// <param name="domains">The domains, such as <c>light</c>.</param>
    public static EntityFilter Domains(params IReadOnlyList<string> domains) => new() { Include = new EntitySelection { Domains = domains } };

    /// <summary>A copy: it is asked for again after every reconnect, so a caller's lists must not change it meanwhile.</summary>
    internal EntityFilter Snapshot() => new()
    {
        EntityIds = EntityIds is null ? null : [.. EntityIds],
        Include = Include?.Snapshot(),
        Exclude = Exclude?.Snapshot(),
    };
}
