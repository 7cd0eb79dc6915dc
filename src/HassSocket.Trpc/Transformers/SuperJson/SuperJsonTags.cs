using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>Makes a value of what stands beneath a tag; a tag that is not known, or does not fit, is kept with the value.</summary>
internal static class SuperJsonTags
{
    public static object? Apply(JsonElement tag, object? value)
    {
        try
        {
            return tag.ValueKind switch
            {
                JsonValueKind.String => Simple(tag.GetString()!, value),
                JsonValueKind.Array when tag.GetArrayLength() == 2 && tag[0].ValueKind == JsonValueKind.String => Composite(tag, value),
                _ => null,
            }
            ?? new JsTagged(tag, value);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or OverflowException or UriFormatException)
        {
            return new JsTagged(tag, value);
        }
    }

    private static object? Simple(string tag, object? value) => tag switch
    {
        "undefined" => JsUndefined.Value,
        "Date" => Date(Text(value)),
        "bigint" => BigInteger.Parse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "number" => Number(Text(value)),
        "regexp" => JsRegExp.Parse(Text(value)),
        "URL" => new Uri(Text(value), UriKind.Absolute),
        "set" => value is List<object?> items ? new JsSet(items) : null,
        "map" => value is List<object?> rows ? MapOf(rows) : null,
        "Error" => value is Dictionary<string, object?> members ? ErrorOf(members) : null,
        _ => null,
    };

    private static JsTypedArray? Composite(JsonElement tag, object? value) =>
        tag[0].ValueEquals("typed-array"u8) && value is List<object?> items && JsTypedArray.Kinds.Contains(tag[1].GetString() ?? "")
            ? new JsTypedArray(tag[1].GetString()!, [.. items.Select(Double)])
            : null;

    private static string Text(object? value) =>
        value is JsonElement { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw new FormatException("A text was expected.");

    private static DateTimeOffset Date(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.RoundtripKind);

    private static object? Number(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        "-0" => double.NegativeZero,
        _ => null,
    };

    // In a Float array NaN and the infinities are null in JSON, or tagged numbers of their own.
    private static double Double(object? item) => item switch
    {
        double number => number,
        JsonElement { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        null => double.NaN,
        _ => throw new FormatException("A number was expected."),
    };

    private static JsMap MapOf(List<object?> rows) =>
        new(rows.Select(row => row is List<object?> { Count: 2 } pair
            ? KeyValuePair.Create(pair[0], pair[1])
            : throw new FormatException("An entry of a map is a pair.")));

    private static JsError ErrorOf(Dictionary<string, object?> members)
    {
        var others = members.Where(member => member.Key is not ("name" or "message" or "cause"));
        return new JsError(TextOrEmpty(members, "name"), TextOrEmpty(members, "message"))
        {
            Cause = members.GetValueOrDefault("cause"),
            Properties = new Dictionary<string, object?>(others),
        };
    }

    private static string TextOrEmpty(Dictionary<string, object?> members, string name) =>
        members.GetValueOrDefault(name) is JsonElement { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
}
