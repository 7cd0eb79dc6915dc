using System.Buffers;
using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>The member <c>error</c> of an answer; its message is an object in some answers, and its placeholders can be anything.</summary>
internal sealed class WireError
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? TranslationKey { get; init; }

    public string? TranslationDomain { get; init; }

    public JsonElement TranslationPlaceholders { get; init; }

    public static HassCommandException Read(in ReadOnlySequence<byte> error, string? command)
    {
        try
        {
            var reader = JsonScan.StartReading(error);
            if (reader.TokenType == JsonTokenType.StartObject)
                return (JsonSerializer.Deserialize(ref reader, HassJson.Default.WireError) ?? new()).ToException(command);
            return new HassCommandException(command, "unknown_error", JsonScan.ReadText(ref reader) ?? "");
        }
        catch (JsonException e)
        {
            return new HassCommandException(command, "unknown_error", $"The server's error cannot be read (at {e.Path}).");
        }
    }

    private HassCommandException ToException(string? command) =>
        new(command, Code ?? "unknown_error", Message ?? "", TranslationKey)
        {
            TranslationDomain = TranslationDomain,
            TranslationPlaceholders = ReadPlaceholders(),
        };

    private Dictionary<string, string> ReadPlaceholders()
    {
        var texts = new Dictionary<string, string>();
        if (TranslationPlaceholders.ValueKind != JsonValueKind.Object) return texts;
        foreach (var member in TranslationPlaceholders.EnumerateObject()) texts[member.Name] = member.Value.ToString();
        return texts;
    }
}
