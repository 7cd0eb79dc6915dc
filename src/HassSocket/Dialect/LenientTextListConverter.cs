using System.Text.Json;
using System.Text.Json.Serialization;

namespace HassSocket.Dialect;

/// <summary>Takes one text where a list of texts is expected, and nothing for an empty one.</summary>
internal sealed class LenientTextListConverter : JsonConverter<IReadOnlyList<string>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return [];
        if (reader.TokenType != JsonTokenType.StartArray) return JsonScan.ReadText(ref reader) is { } one ? [one] : Skip(ref reader);
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (JsonScan.ReadText(ref reader) is { } text) texts.Add(text);
            else reader.Skip();
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var text in value) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static IReadOnlyList<string> Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return [];
    }
}
