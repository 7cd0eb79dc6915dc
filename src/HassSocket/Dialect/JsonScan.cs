using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Dialect;

/// <summary>Small ways through UTF-8 JSON that everything here shares.</summary>
internal static class JsonScan
{
    /// <summary>How deep a payload may be nested before reading it is refused.</summary>
    public const int MaxDepth = 512;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>An object without members.</summary>
    public static JsonElement EmptyObject { get; } = Parse("{}"u8);

    /// <summary>A reader that stands on the first token.</summary>
    public static Utf8JsonReader StartReading(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        return reader;
    }

    /// <inheritdoc cref="StartReading(ReadOnlySpan{byte})"/>
    public static Utf8JsonReader StartReading(in ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        return reader;
    }

    /// <summary>An element that owns its memory.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = StartReading(json);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>A node as it is now.</summary>
    public static JsonElement Snapshot(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) node.WriteTo(writer);
        return Parse(buffer.WrittenSpan);
    }

    /// <summary>Reads a model that must not be null.</summary>
    public static T Read<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> typeInfo)
        where T : class => JsonSerializer.Deserialize(ref reader, typeInfo) ?? throw new JsonException("There is null where a value was expected.");

    /// <summary>The value of the outermost member of a name, as text; the first one where several are equally far out.</summary>
    public static string? FindOutermost(ReadOnlySpan<byte> json, string name)
    {
        string? found = null;
        var depth = int.MaxValue;
        var reader = new Utf8JsonReader(json, Options);
        while (depth > 1 && reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth >= depth || !reader.ValueTextEquals(name)) continue;
            var at = reader.CurrentDepth;
            reader.Read();
            if (ReadText(ref reader) is not { } text) continue;
            (found, depth) = (text, at);
        }

        return found;
    }

    /// <summary>A scalar as text: strings as they are, numbers and booleans as they are written; otherwise <see langword="null"/>.</summary>
    public static string? ReadText(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => ReadString(ref reader),
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    /// <summary>Half a surrogate pair, or bytes that are no UTF-8, stay as they were written: no reason to lose the rest.</summary>
    private static string ReadString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return System.Text.Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
        }
    }
}
