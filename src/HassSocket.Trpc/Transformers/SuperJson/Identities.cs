using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>Where each object stands in a value, so that those that stand in several places can be told to be one.</summary>
internal sealed class Identities
{
    private readonly Dictionary<object, List<List<string>>> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> _order = [];

    private IEnumerable<List<List<string>>> Shared => _order.Select(one => _places[one]).Where(places => places.Count > 1);

    /// <summary>Notes a place.</summary>
    /// <returns>Whether it is the first one of this object.</returns>
    public bool IsNew(object value, IEnumerable<string> path)
    {
        var isNew = !_places.TryGetValue(value, out var places);
        if (places is null)
        {
            _places.Add(value, places = []);
            _order.Add(value);
        }

        places.Add([.. path]);
        return isNew;
    }

    public bool Any() => Shared.Any();

    public bool IsSafeAsLegacy() => Shared.All(places => places.TrueForAll(JsPath.IsSafeAsLegacy));

    public bool HasBackslash() => Shared.Any(places => places.Exists(path => path.Exists(segment => segment.Contains('\\'))));

    /// <summary>Writes which places hold the same object: for each its shortest path, and the others.</summary>
    public void WriteTo(Utf8JsonWriter writer, bool isLegacy)
    {
        var groups = Shared.Select(places => places.OrderBy(path => path.Count).ToList()).ToList();
        var root = groups.Find(places => places[0].Count == 0);
        var others = groups.FindAll(places => places[0].Count > 0);
        if (root is not null)
        {
            writer.WriteStartArray();
            WritePaths(writer, root, isLegacy);
        }

        if (others.Count > 0)
        {
            writer.WriteStartObject();
            foreach (var places in others)
            {
                writer.WritePropertyName(JsPath.Join(places[0], isLegacy));
                WritePaths(writer, places, isLegacy);
            }

            writer.WriteEndObject();
        }

        if (root is not null) writer.WriteEndArray();
    }

    private static void WritePaths(Utf8JsonWriter writer, List<List<string>> places, bool isLegacy)
    {
        writer.WriteStartArray();
        foreach (var path in places.Skip(1)) writer.WriteStringValue(JsPath.Join(path, isLegacy));
        writer.WriteEndArray();
    }
}
