using System.Text.Json;
using System.Text.Json.Serialization;

namespace HassSocket.Dialect;

/// <summary>An event of <c>subscribe_entities</c> as it comes: added, changed, removed.</summary>
internal sealed class WireEntities
{
    public Dictionary<string, CompressedState>? A { get; init; }

    public Dictionary<string, Difference>? C { get; init; }

    public IReadOnlyList<string>? R { get; init; }

    public EntitiesChange ToChange() => new()
    {
        Added = A is null ? [] : [.. A.Select(pair => pair.Value.ToState(pair.Key))],
        Changed = C is null ? [] : [.. C.Select(pair => pair.Value.ToDifference(pair.Key))],
        Removed = R ?? [],
    };

    /// <summary>A state, or the members of one that differ.</summary>
    internal sealed class CompressedState
    {
        public string? S { get; init; }

        public JsonElement A { get; init; }

        public JsonElement C { get; init; }

        public DateTimeOffset? Lc { get; init; }

        public DateTimeOffset? Lu { get; init; }

        public EntityState ToState(string entityId) => new()
        {
            EntityId = entityId,
            State = S ?? "",
            Attributes = A,
            Context = CompressedContext.Read(C),
            LastChanged = Lc ?? default,
            LastUpdated = Lu ?? Lc ?? default,
        };
    }

    /// <summary>A difference: what is set, and what is gone.</summary>
    internal sealed class Difference
    {
        [JsonPropertyName("+")]
        public CompressedState? Plus { get; init; }

        [JsonPropertyName("-")]
        public RemovedNames? Minus { get; init; }

        public EntityDifference ToDifference(string entityId) => new()
        {
            EntityId = entityId,
            State = Plus?.S,
            Attributes = Plus?.A ?? default,
            RemovedAttributes = Minus?.A ?? [],
            Context = Plus?.C ?? default,
            LastChanged = Plus?.Lc,
            LastUpdated = Plus?.Lu ?? Plus?.Lc,
        };
    }

    /// <summary>The names of what is gone.</summary>
    internal sealed class RemovedNames
    {
        public IReadOnlyList<string>? A { get; init; }
    }
}
