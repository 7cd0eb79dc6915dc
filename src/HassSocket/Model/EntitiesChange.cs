namespace HassSocket;

/// <summary>What changed among the entities of a <c>subscribe_entities</c>. Immutable.</summary>
/// <remarks>Over the wire: <c>{"a":{"light.desk":{…}},"c":{"light.desk":{"+":{…},"-":{…}}},"r":["light.desk"]}</c>.</remarks>
public sealed record EntitiesChange
{
    /// <summary>
    /// Whether <see cref="Added"/> is everything there is: it replaces what was known before. The first after each (re)connect, pause or drop is one.
    /// While a server starts it may be empty or small; the rest then comes one by one.
    /// </summary>
    public bool IsSnapshot { get; init; }

    /// <summary>Entities that are new, with their whole state.</summary>
    public IReadOnlyList<EntityState> Added { get; init; } = [];

    /// <summary>What is different about entities that are known.</summary>
    public IReadOnlyList<EntityDifference> Changed { get; init; } = [];

    /// <summary>The ids of entities that are gone.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];
}
