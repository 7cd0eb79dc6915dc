using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>Where the members of an event stand in its bytes; found in one pass, at the first question.</summary>
internal sealed class EventOutline
{
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();
    private Range? _data;
    private Range? _context;

    public string EventType { get; private set; } = "";

    public string Origin { get; private set; } = "";

    public DateTimeOffset TimeFired { get; private set; }

    public static EventOutline Of(ReadOnlySpan<byte> json)
    {
        var outline = new EventOutline();
        var reader = JsonScan.StartReading(json);
        if (reader.TokenType != JsonTokenType.StartObject) return outline;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            try
            {
                outline.ReadMember(ref reader);
            }
            catch (InvalidOperationException)
            {
                // A name that is no text, with half a surrogate pair, is none of those that are looked for.
                reader.Skip();
            }
        }

        return outline;
    }

    public ReadOnlyMemory<byte> DataOf(ReadOnlyMemory<byte> json) => _data is { } range ? json[range] : EmptyObject;

    public EventContext ReadContext(ReadOnlyMemory<byte> json) => _context is { } range
        ? JsonSerializer.Deserialize(json[range].Span, HassJson.Default.EventContext) ?? EventContext.None
        : EventContext.None;

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("data"u8)) _data = RangeOfNext(ref reader, JsonTokenType.StartObject);
        else if (reader.ValueTextEquals("context"u8)) _context = RangeOfNext(ref reader, JsonTokenType.StartObject);
        else if (reader.ValueTextEquals("event_type"u8)) EventType = TextOfNext(ref reader);
        else if (reader.ValueTextEquals("origin"u8)) Origin = TextOfNext(ref reader);
        else if (reader.ValueTextEquals("time_fired"u8)) TimeFired = Timestamp.Parse(TextOfNext(ref reader));
        else reader.Skip();
    }

    private static Range? RangeOfNext(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        reader.Read();
        var isExpected = reader.TokenType == expected;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return isExpected ? start..(int)reader.BytesConsumed : null;
    }

    private static string TextOfNext(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = JsonScan.ReadText(ref reader) ?? "";
        reader.Skip();
        return text;
    }
}
