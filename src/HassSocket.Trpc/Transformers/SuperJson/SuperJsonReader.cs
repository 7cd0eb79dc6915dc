using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>Reads an envelope of superjson into a graph: the values beneath their tags, then what is equal by reference.</summary>
internal sealed class SuperJsonReader
{
    private readonly bool _isLegacy;
    private object? _root;

    private SuperJsonReader(object? root, bool isLegacy) => (_root, _isLegacy) = (root, isLegacy);

    /// <summary>Reads an envelope.</summary>
    /// <returns>The graph; <see cref="JsUndefined"/> where the envelope holds nothing.</returns>
    /// <exception cref="JsonException">The tags are not of superjson's shape.</exception>
    public static object? Read(JsonElement envelope)
    {
        if (envelope.ValueKind != JsonValueKind.Object || !envelope.TryGetProperty("json"u8, out var json)) return JsUndefined.Value;
        if (!envelope.TryGetProperty("meta"u8, out var meta) || meta.ValueKind != JsonValueKind.Object) return JsGraph.Of(json);
        var isLegacy = !meta.TryGetProperty("v"u8, out var version) || version.ValueKind != JsonValueKind.Number || version.GetDouble() < 1;
        var reader = new SuperJsonReader(JsGraph.Of(json), isLegacy);
        try
        {
            if (meta.TryGetProperty("values"u8, out var values)) reader.ApplyTags(values, []);
            if (meta.TryGetProperty("referentialEqualities"u8, out var equalities)) reader.ApplyEqualities(equalities);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new JsonException($"The meta data of superjson cannot be read: {e.Message}", e);
        }

        return reader._root;
    }

    private void ApplyTags(JsonElement tree, List<string> place)
    {
        if (tree.ValueKind == JsonValueKind.Object)
        {
            foreach (var child in tree.EnumerateObject())
            {
                if (Resolve(place, child.Name) is { } path) ApplyTags(child.Value, path);
            }
        }
        else if (tree.ValueKind == JsonValueKind.Array && tree.GetArrayLength() > 0)
        {
            // What is inside comes first: its places are those of the form that was sent.
            if (tree.GetArrayLength() > 1) ApplyTags(tree[1], place);
            Change(place, value => SuperJsonTags.Apply(tree[0], value));
        }
    }

    private void ApplyEqualities(JsonElement equalities)
    {
        if (equalities.ValueKind == JsonValueKind.Array)
        {
            if (equalities.GetArrayLength() > 0) CopyTo(equalities[0], _root);
            if (equalities.GetArrayLength() > 1) ApplyEqualities(equalities[1]);
        }
        else if (equalities.ValueKind == JsonValueKind.Object)
        {
            foreach (var one in equalities.EnumerateObject())
            {
                if (Resolve([], one.Name) is { } path && TryGet(path, out var value)) CopyTo(one.Value, value);
            }
        }
    }

    private void CopyTo(JsonElement paths, object? value)
    {
        if (paths.ValueKind != JsonValueKind.Array) return;
        foreach (var text in paths.EnumerateArray().Where(path => path.ValueKind == JsonValueKind.String))
        {
            if (Resolve([], text.GetString()!) is { } path) Change(path, _ => value);
        }
    }

    /// <summary>The place that a path leads to; nothing where it leads nowhere.</summary>
    private List<string>? Resolve(List<string> from, string text)
    {
        if (_isLegacy && TryGet(from, out var owner) && LegacyPath.Find(owner, text) is { } found) return [.. from, .. found];
        var path = JsPath.Parse(text, _isLegacy);
        foreach (var name in path.Where(JsGraph.IsForbidden))
            throw new FormatException($"{name} is not allowed as a property.");
        return [.. from, .. path];
    }

    private bool TryGet(List<string> path, out object? value)
    {
        value = _root;
        foreach (var segment in path)
        {
            if (!JsGraph.TryGet(value, segment, out value)) return false;
        }

        return true;
    }

    private void Change(List<string> path, Func<object?, object?> change)
    {
        if (!TryGet(path, out var value)) return;
        var changed = change(value);
        if (path.Count == 0) _root = changed;
        else if (TryGet(path[..^1], out var owner)) JsGraph.Set(owner, path[^1], changed);
    }
}
