using System.Buffers;
using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>Tells from the beginning of a message that was too large to be kept what made it so.</summary>
internal static class OversizedMessage
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>The key of a single message, or of the item of an array that fills most of what was kept.</summary>
    /// <returns><see langword="null"/> where nothing is sure: many items of usual size may be too much together.</returns>
    public static long? FindKey(in ReadOnlySequence<byte> beginning)
    {
        var reader = new Utf8JsonReader(beginning, isFinalBlock: false, new JsonReaderState(Options));
        try
        {
            if (!reader.Read()) return null;
            return reader.TokenType == JsonTokenType.StartArray ? FindGiant(ref reader, beginning.Length) : LeadingId(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? FindGiant(ref Utf8JsonReader reader, long length)
    {
        long? giant = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = reader.TokenStartIndex;
            var item = reader;
            var isWhole = reader.TrySkip();
            var isGiant = ((isWhole ? reader.BytesConsumed : length) - start) * 2 > length;
            if (!isWhole) return isGiant ? LeadingId(ref item) : null;
            if (isGiant) giant = LeadingId(ref item);
        }

        // Only where the end was kept too is it known that nothing larger follows.
        return reader.TokenType == JsonTokenType.EndArray ? giant : null;
    }

    // Only an object that begins with its id is sure to be about one command.
    private static long? LeadingId(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject
        && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8)
        && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var key)
            ? key
            : null;
}
