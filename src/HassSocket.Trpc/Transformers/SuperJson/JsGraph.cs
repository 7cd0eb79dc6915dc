using System.Globalization;
using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>A JSON value as a graph that can be changed: objects are dictionaries, arrays are lists, everything else stays as it came.</summary>
internal static class JsGraph
{
    /// <summary>Names that superjson refuses, because they change objects in JavaScript.</summary>
    public static bool IsForbidden(string name) => name is "__proto__" or "prototype" or "constructor";

    public static object? Of(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, object?>();
                foreach (var member in json.EnumerateObject()) members[member.Name] = Of(member.Value);
                return members;
            case JsonValueKind.Array:
                var items = new List<object?>(json.GetArrayLength());
                foreach (var item in json.EnumerateArray()) items.Add(Of(item));
                return items;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return json;
        }
    }

    /// <summary>The value at one step of a path.</summary>
    public static bool TryGet(object? owner, string segment, out object? value)
    {
        value = null;
        switch (owner)
        {
            case Dictionary<string, object?> members:
                return members.TryGetValue(segment, out value);
            case JsError { Cause: { } cause } when segment == "cause":
                value = cause;
                return true;
            case JsError error:
                return error.Properties.TryGetValue(segment, out value);
            case JsMap map when TryIndex(segment, map.Count, out var row):
                value = new MapRow(map, row);
                return true;
            case MapRow row when segment is "0" or "1":
                value = segment == "0" ? row.Entry.Key : row.Entry.Value;
                return true;
            case List<object?> items when TryIndex(segment, items.Count, out var index):
                value = items[index];
                return true;
            case JsTagged tagged:
                return TryGet(tagged.Value, segment, out value);
            default:
                return false;
        }
    }

    /// <summary>Puts a value in the place of another one; a place that does not exist stays so.</summary>
    public static void Set(object? owner, string segment, object? value)
    {
        switch (owner)
        {
            case Dictionary<string, object?> members:
                members[segment] = value;
                break;
            case MapRow row:
                row.Entry = segment == "0" ? new(value, row.Entry.Value) : new(row.Entry.Key, value);
                break;
            case List<object?> items when TryIndex(segment, items.Count, out var index):
                items[index] = value;
                break;
            case JsTagged tagged:
                Set(tagged.Value, segment, value);
                break;
        }
    }

    private static bool TryIndex(string segment, int count, out int index) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < count;

    /// <summary>One entry of a map, as a step of a path.</summary>
    private sealed record MapRow(JsMap Map, int Row)
    {
        public KeyValuePair<object?, object?> Entry
        {
            get => Map[Row];
            set => Map[Row] = value;
        }
    }
}
