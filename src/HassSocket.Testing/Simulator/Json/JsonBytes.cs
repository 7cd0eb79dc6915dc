using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Writes JSON the way Home Assistant does: compact, raw UTF-8.</summary>
internal static class JsonBytes
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = RawJsonEncoder.Instance,
        MaxDepth = 1000,
        SkipValidation = true,
    };

    public static byte[] Write(Action<Utf8JsonWriter> body, bool isIndented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions with { Indented = isIndented })) body(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteNode(this Utf8JsonWriter writer, string name, JsonNode? node)
    {
        writer.WritePropertyName(name);
        writer.WriteNode(node);
    }

    public static void WriteNode(this Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null) writer.WriteNullValue();
        else node.WriteTo(writer);
    }

    /// <summary>Turns parsed JSON into nodes; of duplicate keys the last one wins, as in Home Assistant.</summary>
    public static JsonNode? ToNode(this JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return element.ToObject();
            case JsonValueKind.Array:
                var array = new JsonArray();
                foreach (var item in element.EnumerateArray()) array.Add(item.ToNode());
                return array;
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }

    public static JsonObject ToObject(this JsonElement element)
    {
        var result = new JsonObject();
        foreach (var property in element.EnumerateObject()) result[property.Name] = property.Value.ToNode();
        return result;
    }
}
