using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>What is different about an entity, as <c>subscribe_entities</c> tells it. Immutable.</summary>
/// <remarks>Over the wire: <c>{"+":{"s":"on","a":{…},"c":"…","lc":1755681250.5},"-":{"a":["brightness"]}}</c>.</remarks>
public sealed record EntityDifference
{
    /// <summary>The entity.</summary>
    public string EntityId { get; init => field = value ?? ""; } = "";

    /// <summary>The new state; <see langword="null"/> where it is the same.</summary>
    public string? State { get; init; }

    /// <summary>Attributes that are new or different, with their whole values; an empty object for none.</summary>
    public JsonElement Attributes
    {
        get;
        init => field = value.ValueKind == JsonValueKind.Object ? value : JsonScan.EmptyObject;
    }

    = JsonScan.EmptyObject;

    /// <summary>The names of attributes that are gone.</summary>
    public IReadOnlyList<string> RemovedAttributes { get; init => field = value ?? []; } = [];

    /// <summary>When the state became another one; <see langword="null"/> where it is the same.</summary>
    public DateTimeOffset? LastChanged { get; init; }

    /// <summary>When anything became different; <see langword="null"/> where the server did not say.</summary>
    public DateTimeOffset? LastUpdated { get; init; }

    // Either the id alone, or those of the three members that differ.
    internal JsonElement Context { get; init; }

    /// <summary>The state after this difference.</summary>
    /// <param name="before">The state before it.</param>
    public EntityState ApplyTo(EntityState before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return before with
        {
            State = State ?? before.State,
            Attributes = AttributeMerge.Merge(before.Attributes, Attributes, RemovedAttributes),
            Context = CompressedContext.Apply(before.Context, Context),
            LastChanged = LastChanged ?? before.LastChanged,
            LastUpdated = LastUpdated ?? LastChanged ?? before.LastUpdated,
        };
    }
}
