using System.Buffers;
using System.Text;
using System.Text.Json;

namespace HassSocket.Tests.Replay;

/// <summary>One object of a message: a command, an answer, an event.</summary>
/// <param name="Json">The whole object; other kinds of JSON stand in recordings too.</param>
/// <param name="Place">Where it stands in the bytes of its message.</param>
/// <param name="IdPlace">Where the number of its id stands; <see langword="null"/> where it has none, or one that is no number.</param>
internal sealed record Item(JsonElement Json, Range Place, Range? IdPlace)
{
    /// <summary>The id as it was written; <see langword="null"/> where it is missing or no number.</summary>
    public string? Id => IdPlace is not null && Json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number ? id.GetRawText() : null;

    public string? Type => Text("type");

    public bool IsEvent => Type == "event" && Json.TryGetProperty("event", out _);

    public bool IsAnswer => Type is "result" or "pong";

    /// <summary>The code of a refusal; <see langword="null"/> in all other items.</summary>
    public string? ErrorCode => Json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("code", out var code) ? code.ToString() : null;

    public bool IsRefusal => Type == "result" && Json.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False;

    /// <summary>The result; JSON's null where there is none.</summary>
    public JsonElement Result => Member("result");

    public JsonElement Event => Member("event");

    public string? Text(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private JsonElement Member(string name) => Json.TryGetProperty(name, out var value) ? value : Null;

    private static JsonElement Null { get; } = JsonElement.Parse("null");
}

/// <summary>One message, taken apart so that it can be written again with other ids, and with nothing else changed.</summary>
internal sealed class Message
{
    // As deep as the platform's writer goes.
    private const int MaxDepth = 900;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = MaxDepth };

    private readonly byte[] _bytes;
    private readonly List<Item> _items = [];

    private Message(byte[] bytes) => _bytes = bytes;

    public IReadOnlyList<Item> Items => _items;

    public bool IsArray { get; private set; }

    /// <summary>Takes a text apart; <see langword="null"/> where it is not JSON.</summary>
    public static Message? TryParse(string text)
    {
        var message = new Message(Encoding.UTF8.GetBytes(text));
        try
        {
            message.Read();
            return message;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the message again.</summary>
    /// <param name="id">What to write in the place of an id.</param>
    /// <param name="isKept">Whether an item stays.</param>
    public byte[] Compose(Func<string, string> id, Func<Item, bool> isKept)
    {
        var kept = _items.Where(isKept).ToList();
        var written = new ArrayBufferWriter<byte>(_bytes.Length + 64);
        var at = 0;
        foreach (var item in kept)
        {
            // What stands between items is kept only where all of them are.
            if (kept.Count == _items.Count) written.Write(_bytes.AsSpan(at..item.Place.Start.Value));
            else written.Write(item == kept[0] ? "["u8 : ","u8);
            if (item.IdPlace is { } place)
            {
                written.Write(_bytes.AsSpan(item.Place.Start.Value..place.Start.Value));
                written.Write(Encoding.UTF8.GetBytes(id(item.Id!)));
                written.Write(_bytes.AsSpan(place.End.Value..item.Place.End.Value));
            }
            else
            {
                written.Write(_bytes.AsSpan(item.Place));
            }

            at = item.Place.End.Value;
        }

        if (kept.Count == _items.Count) written.Write(_bytes.AsSpan(at..));
        else written.Write("]"u8);
        return written.WrittenSpan.ToArray();
    }

    private void Read()
    {
        var reader = new Utf8JsonReader(_bytes, ReaderOptions);
        reader.Read();
        IsArray = reader.TokenType == JsonTokenType.StartArray;
        if (IsArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ReadItem(ref reader);
        }
        else
        {
            ReadItem(ref reader);
        }

        while (reader.Read()) continue;
    }

    private void ReadItem(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        Range? id = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId) id = reader.TokenType == JsonTokenType.Number ? (int)reader.TokenStartIndex..(int)reader.BytesConsumed : null;
                reader.Skip();
            }
        }
        else
        {
            reader.Skip();
        }

        var place = start..(int)reader.BytesConsumed;
        _items.Add(new Item(JsonElement.Parse(_bytes.AsSpan(place), DocumentOptions), place, id));
    }
}
