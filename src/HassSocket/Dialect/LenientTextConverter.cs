using System.Text.Json;
using System.Text.Json.Serialization;

namespace HassSocket.Dialect;

/// <summary>Takes numbers, booleans, and as a last resort whole JSON values where a text is expected: servers change their minds.</summary>
internal sealed class LenientTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
            ? JsonElement.ParseValue(ref reader).GetRawText()
            : JsonScan.ReadText(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
