namespace HassSocket;

/// <summary>Entities, chosen by domain, by pattern, or by id; one match is enough.</summary>
/// <remarks>Over the wire: <c>{"domains":["light"],"entity_globs":["sensor.attic_*"],"entities":["sun.sun"]}</c>.</remarks>
public sealed record EntitySelection
{
    /// <summary>All entities of these domains, such as <c>light</c>.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>All entities whose id fits one of these patterns, such as <c>sensor.attic_*</c>.</summary>
    public IReadOnlyList<string> EntityGlobs { get; init; } = [];

    /// <summary>These entities.</summary>
    public IReadOnlyList<string> Entities { get; init; } = [];

    internal bool IsEmpty => Domains.Count + EntityGlobs.Count + Entities.Count == 0;

    internal EntitySelection Snapshot() => new() { Domains = [.. Domains], EntityGlobs = [.. EntityGlobs], Entities = [.. Entities] };
}
