using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>Makes of a graph what a program can work with: plain .NET values for JSON's own.</summary>
internal sealed class GraphValues
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>The values of a graph; its containers are changed in place, so that what was equal by reference stays so.</summary>
    public static object? Of(object? graph) => new GraphValues().Convert(graph);

    private object? Convert(object? value)
    {
        switch (value)
        {
            case JsonElement leaf:
                return Leaf(leaf);
            case Dictionary<string, object?> members when _seen.Add(members):
                foreach (var name in members.Keys.ToArray()) members[name] = Convert(members[name]);
                return members;
            case JsMap map when _seen.Add(map):
                for (var i = 0; i < map.Count; i++) map[i] = new(Convert(map[i].Key), Convert(map[i].Value));
                return map;
            case List<object?> items when _seen.Add(items):
                for (var i = 0; i < items.Count; i++) items[i] = Convert(items[i]);
                return items;
            case JsError error:
                return error with { Cause = Convert(error.Cause), Properties = error.Properties.ToDictionary(member => member.Key, member => Convert(member.Value)) };
            case JsTagged tagged:
                return tagged with { Value = Convert(tagged.Value) };
            default:
                return value;
        }
    }

    private static object Leaf(JsonElement leaf) => leaf.ValueKind switch
    {
        // One with a lone surrogate is no text of .NET: it stays as it came.
        JsonValueKind.String => Members.TryGetText(leaf, out var text) ? text : leaf,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => leaf.TryGetInt64(out var whole) ? (object)whole : leaf.GetDouble(),
    };
}
