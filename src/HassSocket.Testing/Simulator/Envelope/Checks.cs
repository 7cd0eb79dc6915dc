using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>The checks that schemas are made of.</summary>
internal static class Checks
{
    private static readonly FieldCheck TargetIds = (value, path) => EachText(value, path, (_, _) => []);

    private static readonly Schema TargetSchema = new(
        Field.Optional("entity_id", TargetEntities),
        Field.Optional("device_id", TargetIds),
        Field.Optional("area_id", TargetIds),
        Field.Optional("floor_id", TargetIds),
        Field.Optional("label_id", TargetIds),
        Field.Optional("exclude", Map));

    private static readonly Schema FilterSchema = new(
        Field.Optional("domains", TargetIds),
        Field.Optional("entity_globs", TargetIds),
        Field.Optional("entities", TargetIds));

    public static IEnumerable<string> Anything(JsonElement value, string path) => [];

    public static IEnumerable<string> Text(JsonElement value, string path) => Expect(value.ValueKind == JsonValueKind.String, "str", value, path);

    public static IEnumerable<string> Bool(JsonElement value, string path)
        => Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, "bool", value, path);

    /// <summary>An integer; Python counts the truth values among them.</summary>
    public static IEnumerable<string> Integer(JsonElement value, string path)
        => Expect(IsInteger(value) || value.ValueKind is JsonValueKind.True or JsonValueKind.False, "int", value, path);

    public static IEnumerable<string> Number(JsonElement value, string path)
        => Expect(value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False, "float", value, path);

    public static IEnumerable<string> Map(JsonElement value, string path) => Expect(value.ValueKind == JsonValueKind.Object, "dict", value, path);

    public static IEnumerable<string> IntegerMap(JsonElement value, string path)
        => value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().SelectMany(p => Integer(p.Value, $"'{path.Trim('\'')}.{p.Name}'"))
            : Expect(false, "dict", value, path);

    public static IEnumerable<string> Target(JsonElement value, string path) => TargetSchema.CheckNested(value, path);

    public static IEnumerable<string> Filter(JsonElement value, string path) => FilterSchema.CheckNested(value, path);

    public static IEnumerable<string> Entities(JsonElement value, string path) => EachText(value, path, (text, where)
        => AreEntityIds(text) ? [] : [$"Entity ID {text} is an invalid entity ID at {where}. Got {PythonText.Of(text)}"]);

    public static FieldCheck Only(string expected) => (value, path) => value.ValueKind == JsonValueKind.String && value.ValueEquals(expected)
        ? []
        : [$"not a valid value at {path}. Got {PythonText.Of(value)}"];

    public static bool IsEntityId(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < text.Length - 1 && text.All(c => c is '.' or '_' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            && text.IndexOf('.', dot + 1) < 0;
    }

    public static bool IsInteger(JsonElement value)
        => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetUInt64(out _));

    private static bool AreEntityIds(string text) => text.Split(',', StringSplitOptions.TrimEntries).All(IsEntityId);

    private static IEnumerable<string> TargetEntities(JsonElement value, string path) => EachText(value, path, (text, where)
        => text is "all" or "none" || AreEntityIds(text)
            ? []
            : [$"expected 'all' or 'none' at {where}. Got {PythonText.Of(text)}"]);

    /// <summary>A text, or a list of texts.</summary>
    private static IEnumerable<string> EachText(JsonElement value, string path, Func<string, string, IEnumerable<string>> check)
    {
        if (value.ValueKind == JsonValueKind.String) return check(value.GetString()!, path);
        if (value.ValueKind != JsonValueKind.Array) return Expect(false, "str", value, path);
        return value.EnumerateArray().SelectMany(item => item.ValueKind == JsonValueKind.String
            ? check(item.GetString()!, path)
            : Expect(false, "str", item, path));
    }

    private static IEnumerable<string> Expect(bool isGood, string type, JsonElement value, string path)
        => isGood ? [] : [$"expected {type} at {path}. Got {PythonText.Of(value)}"];
}
