using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HassSocket.Trpc;

/// <summary>Writes the values that have a tag, or none, whatever stands around them.</summary>
internal static class SuperJsonScalars
{
    private static readonly Type[] Sets =
    [
        typeof(HashSet<>), typeof(SortedSet<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>),
    ];

    /// <summary>Writes a value, if it is one of these.</summary>
    public static bool TryWrite(Utf8JsonWriter writer, object value, out SuperJsonMeta? meta)
    {
        meta = null;
        if (TryText(value) is var (text, tag) && tag is not null)
        {
            if (text is null) writer.WriteNullValue();
            else writer.WriteStringValue(text);
            meta = new SuperJsonMeta { Tag = [tag] };
            return true;
        }

        return TryWriteArray(writer, value, ref meta) || TryWritePlain(writer, value);
    }

    public static bool IsSet(object value)
    {
        if (value is JsSet) return true;
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (!type.IsGenericType) continue;
            if (Sets.Contains(type.GetGenericTypeDefinition()) || type.GetGenericTypeDefinition() == typeof(FrozenSet<>)) return true;
        }

        return false;
    }

    public static string Index(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static (string? Text, string? Tag) TryText(object value) => value switch
    {
        JsUndefined or JsonElement { ValueKind: JsonValueKind.Undefined } => (null, "undefined"),
        DateTimeOffset date => (Iso(date), "Date"),
        DateTime date => (Iso(new DateTimeOffset(date)), "Date"),
        BigInteger or Int128 or UInt128 => (((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), "bigint"),
        double number when IsSpecial(number) => (Special(number), "number"),
        float number when IsSpecial(number) => (Special(number), "number"),
        Half number when IsSpecial((double)number) => (Special((double)number), "number"),
        JsRegExp pattern => (pattern.ToString(), "regexp"),
        Regex pattern => (new JsRegExp(pattern.ToString(), Flags(pattern.Options)).ToString(), "regexp"),
        Uri { IsAbsoluteUri: true } url => (url.AbsoluteUri, "URL"),
        Uri url => throw new ArgumentException($"'{url}' is no absolute address, as a URL of JavaScript is."),
        _ => default,
    };

    private static bool TryWriteArray(Utf8JsonWriter writer, object value, ref SuperJsonMeta? meta)
    {
        var array = value switch
        {
            byte[] bytes => new JsTypedArray("Uint8Array", [.. bytes.Select(item => (double)item)]),
            JsTypedArray typed when JsTypedArray.Kinds.Contains(typed.Kind) => typed,
            JsTypedArray typed => throw new ArgumentException($"'{typed.Kind}' is no typed array that superjson knows: {string.Join(", ", JsTypedArray.Kinds)}."),
            _ => null,
        };
        if (array is null) return false;
        meta = new SuperJsonMeta { Tag = ["typed-array", array.Kind] };
        writer.WriteStartArray();
        for (var i = 0; i < array.Items.Count; i++)
        {
            _ = TryWrite(writer, array.Items[i], out var item);
            meta.Add(Index(i), item);
        }

        writer.WriteEndArray();
        return true;
    }

    private static bool TryWritePlain(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text: writer.WriteStringValue(text); return true;
            case bool flag: writer.WriteBooleanValue(flag); return true;
            case int number: writer.WriteNumberValue(number); return true;
            case long number: writer.WriteNumberValue(number); return true;
            case double number: writer.WriteNumberValue(number); return true;
            case float number: writer.WriteNumberValue(number); return true;
            case decimal number: writer.WriteNumberValue(number); return true;
            default: return false;
        }
    }

    // JavaScript counts milliseconds, and shows them always.
    private static string Iso(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static bool IsSpecial(double number) => !double.IsFinite(number) || (number == 0 && double.IsNegative(number));

    private static string Special(double number) => number switch
    {
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        0 => "-0",
        _ => "NaN",
    };

    private static string Flags(RegexOptions options) => string.Concat(
        options.HasFlag(RegexOptions.IgnoreCase) ? "i" : "",
        options.HasFlag(RegexOptions.Multiline) ? "m" : "",
        options.HasFlag(RegexOptions.Singleline) ? "s" : "");
}
