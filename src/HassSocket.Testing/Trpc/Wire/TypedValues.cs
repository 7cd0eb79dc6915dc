using System.Globalization;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Trpc;

/// <summary>Values within a tree of JSON that are more than JSON: dates, numbers that are none, and undefined.</summary>
internal static class TypedValues
{
    /// <summary>Stands for undefined: no character, so no text either, and it lives through the copying of trees.</summary>
    public const char Undefined = '\uFFFF';

    private const string UndefinedTag = "undefined";

    private const string DateTag = "Date";

    public static bool IsUndefined(JsonNode? node) => node is JsonValue value && Word(value)?.Tag == UndefinedTag;

    /// <summary>Copies a tree with such values written as superjson does, and names each with its path and tag.</summary>
    public static JsonNode? Replace(JsonNode? node, string path, Action<string, string> tag)
    {
        switch (node)
        {
            case JsonObject members:
                return new JsonObject(members.Select(member =>
                    KeyValuePair.Create(member.Key, Replace(member.Value, Join(path, Escape(member.Key)), tag))));
            case JsonArray items:
                return new JsonArray([.. items.Select((item, i) => Replace(item, Join(path, i.ToString(CultureInfo.InvariantCulture)), tag))]);
            case JsonValue value when Word(value) is var (text, name):
                tag(path, name);
                return name == UndefinedTag ? null : JsonValue.Create(text);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Copies a tree with such values written as plain JSON does: dates as text, numbers that are none as null, undefined not at all.</summary>
    public static JsonNode? Flatten(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(
            members.Where(member => !IsUndefined(member.Value)).Select(member => KeyValuePair.Create(member.Key, Flatten(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Flatten)]),
        JsonValue value when Word(value) is var (text, name) => name == DateTag ? JsonValue.Create(text) : null,
        _ => node?.DeepClone(),
    };

    private static (string Text, string Tag)? Word(JsonValue value) => value.GetValue<object>() switch
    {
        DateTimeOffset date => (Iso(date), DateTag),
        DateTime date => (Iso(new DateTimeOffset(date.ToUniversalTime())), DateTag),
        double number when !double.IsFinite(number) => (Word(number), "number"),
        float number when !float.IsFinite(number) => (Word(number), "number"),
        Undefined => ("", UndefinedTag),
        _ => null,
    };

    private static string Iso(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Word(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Escape(string key) => key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(".", "\\.", StringComparison.Ordinal);
}
