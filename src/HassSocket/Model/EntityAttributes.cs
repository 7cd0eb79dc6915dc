using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>The attributes of a state as they came; parsed, and put together with their differences, when they are asked for.</summary>
internal sealed class EntityAttributes
{
    // Differences that nobody looks at must not pile up for ever.
    private const int MostDifferences = 16;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly IReadOnlyList<string> _removed;
    private readonly int _differences;
    private volatile EntityAttributes? _before;
    private volatile object? _parsed;

    private EntityAttributes(JsonElement json)
    {
        _removed = [];
        _parsed = json;
    }

    private EntityAttributes(ReadOnlyMemory<byte> bytes, IReadOnlyList<string> removed, EntityAttributes? before)
    {
        _bytes = bytes;
        _removed = removed;
        _before = before;
        // What has been parsed begins a new chain.
        _differences = before is null or { _parsed: not null } ? 0 : before._differences + 1;
    }

    public static EntityAttributes Empty { get; } = new(JsonScan.EmptyObject);

    public JsonElement Json
    {
        get
        {
            // In this order: who finds nothing before it because another reader has just parsed it, finds what that one parsed.
            var before = _before;
            return _parsed is JsonElement parsed ? parsed : Parse(before);
        }
    }

    public static EntityAttributes Of(JsonElement json) => json.ValueKind == JsonValueKind.Object ? new EntityAttributes(json) : Empty;

    /// <param name="json">The bytes of a JSON object; they must not change any more.</param>
    public static EntityAttributes Of(ReadOnlyMemory<byte> json) => new(json, [], before: null);

    /// <summary>These attributes after a difference.</summary>
    /// <param name="changed">The bytes of a JSON object with those that are new or different; must not change any more. Empty for none.</param>
    /// <param name="removed">The names of those that are gone.</param>
    public EntityAttributes With(ReadOnlyMemory<byte> changed, IReadOnlyList<string> removed)
    {
        if (_differences >= MostDifferences) _ = Json;
        return new EntityAttributes(changed, removed, this);
    }

    public bool Equals(EntityAttributes other) => ReferenceEquals(this, other) || JsonElement.DeepEquals(Json, other.Json);

    private JsonElement Parse(EntityAttributes? before)
    {
        // Two readers may both parse; what they find is the same.
        var json = _bytes.IsEmpty ? JsonScan.EmptyObject : JsonScan.Parse(_bytes.Span);
        if (before is not null) json = AttributeMerge.Merge(before.Json, json, _removed);
        _parsed = json;
        _before = null;
        return json;
    }
}
