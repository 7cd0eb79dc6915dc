using System.Text.Json;
using System.Text.Json.Serialization;

namespace HassSocket.Dialect;

/// <summary>Takes times as ISO 8601 or as seconds since 1970; what is neither becomes the default, and costs nothing else.</summary>
internal sealed class LenientTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number) return Timestamp.FromSeconds(reader.GetDouble());
        if (reader.TokenType == JsonTokenType.String)
            return reader.TryGetDateTimeOffset(out var time) ? time : Timestamp.Parse(reader.GetString());
        reader.Skip();
        return default;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
