using System.Text;
using System.Text.Json;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>A message of a recorded server, taken apart so that it can be said again under another id, and with nothing else changed.</summary>
internal sealed class Said
{
    private readonly byte[] _bytes;
    private readonly Range? _idPlace;

    private Said(byte[] bytes, JsonElement json, Range? idPlace) => (_bytes, Json, _idPlace) = (bytes, json, idPlace);

    public JsonElement Json { get; }

    /// <summary>The id as it was written; nothing where there is none.</summary>
    public string? Id => _idPlace is { } place ? Encoding.UTF8.GetString(_bytes[place]) : null;

    public JsonElement? Result => Json.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object ? result : null;

    public JsonElement? Error => Json.TryGetProperty("error", out var error) ? error.TryGetProperty("json"u8, out var inner) ? inner : error : null;

    /// <summary>What kind of result it is; without a type, data.</summary>
    public string Type => Result is { } result && result.TryGetProperty("type", out var type) ? type.GetString()! : "data";

    /// <summary>The key and the text of an error, by which errors are told apart.</summary>
    public (string Key, string Message) Words => (Text("data", "code"), Error!.Value.GetProperty("message").GetString()!);

    /// <summary>Takes a message apart; nothing where it is no object.</summary>
    public static Said? TryRead(string text)
    {
        if (!text.StartsWith('{')) return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 1024 });
        Range? id = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && reader.TokenType != JsonTokenType.Null) id = (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
            reader.Skip();
        }

        return new Said(bytes, JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1024 }).RootElement, id);
    }

    /// <summary>The message under another id.</summary>
    public byte[] Under(long id)
    {
        if (_idPlace is not { } place) return _bytes;
        return [.. _bytes[..place.Start.Value], .. Encoding.UTF8.GetBytes($"{id}"), .. _bytes[place.End.Value..]];
    }

    private string Text(string owner, string name) =>
        Error is { } error && error.TryGetProperty(owner, out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var text) ? text.GetString()! : "";
}
