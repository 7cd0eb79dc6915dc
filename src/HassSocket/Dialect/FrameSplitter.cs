using System.Buffers;
using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>Takes Home Assistant's frames apart in one pass: an object, or an array of any length, members in any order.</summary>
/// <remarks>
/// Nothing is copied and nothing allocated: payloads are slices of the message. Frames as servers write them are walked through by
/// their brackets; any other goes through JSON's own reader, token by token.
/// </remarks>
internal static class FrameSplitter
{
    // Depth costs a reader one bit a level; who reads a payload that is nested absurdly fails alone.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    public static void Split(in ReadOnlySequence<byte> message, IItemSink sink)
    {
        var walk = new EnvelopeWalk(message, stackalloc byte[EnvelopeWalk.ScratchSize]);
        var taken = 0;
        if (walk.Take((byte)'[') ? TryTakeArray(ref walk, sink, ref taken) : TryTakeSingle(ref walk, sink)) return;
        SplitByTokens(message, sink, taken);
    }

    private static bool TryTakeSingle(ref EnvelopeWalk walk, IItemSink sink)
    {
        if (!walk.TryReadItem(out var item) || !walk.IsAtEnd) return false;
        sink.Take(item);
        return true;
    }

    private static bool TryTakeArray(ref EnvelopeWalk walk, IItemSink sink, ref int taken)
    {
        do
        {
            if (!walk.TryReadItem(out var item)) return false;
            sink.Take(item);
            taken++;
        }
        while (walk.Take((byte)','));
        return walk.Take((byte)']') && walk.IsAtEnd;
    }

    private static void SplitByTokens(in ReadOnlySequence<byte> message, IItemSink sink, int taken)
    {
        var reader = new Utf8JsonReader(message, Options);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray) TakeArray(ref reader, message, sink, taken);
            else TakeSingle(ref reader, message, sink);
        }
        catch (JsonException e)
        {
            // The exception quotes what it stumbled over, so it is not passed on.
            throw new ProtocolViolationException(
                $"The server sent a message of {message.Length:N0} bytes that is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it). " +
                "Home Assistant never does; look for something in between, such as a proxy, or another service at this address.");
        }
    }

    private static void TakeArray(ref Utf8JsonReader reader, in ReadOnlySequence<byte> message, IItemSink sink, int taken)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (taken-- > 0) reader.Skip();
            else sink.Take(ReadItem(ref reader, message));
        }

        reader.Read();
    }

    private static void TakeSingle(ref Utf8JsonReader reader, in ReadOnlySequence<byte> message, IItemSink sink)
    {
        var item = ReadItem(ref reader, message);
        reader.Read();
        sink.Take(item);
    }

    private static WireItem ReadItem(ref Utf8JsonReader reader, in ReadOnlySequence<byte> message)
    {
        var start = reader.TokenStartIndex;
        var parts = default(ItemParts);
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadMember(ref reader, ref parts);
        }
        else
        {
            reader.Skip();
        }

        return parts.Compose(message, new ByteSpan(start, reader.BytesConsumed - start));
    }

    private static void ReadMember(ref Utf8JsonReader reader, ref ItemParts parts)
    {
        if (reader.ValueTextEquals("id"u8)) parts.Key = ReadKey(ref reader);
        else if (reader.ValueTextEquals("type"u8)) parts.Type = ReadType(ref reader);
        else if (reader.ValueTextEquals("event"u8)) parts.Event = ReadSpan(ref reader);
        else if (reader.ValueTextEquals("success"u8)) parts.Success = ReadSuccess(ref reader);
        else if (reader.ValueTextEquals("result"u8)) parts.Result = ReadSpan(ref reader);
        else if (reader.ValueTextEquals("error"u8)) parts.Error = ReadSpan(ref reader);
        else reader.Skip();
    }

    private static long? ReadKey(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var key)) return key;
        reader.Skip();
        return null;
    }

    private static MessageType ReadType(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueTextEquals("event"u8)) return MessageType.Event;
            if (reader.ValueTextEquals("result"u8)) return MessageType.Result;
            if (reader.ValueTextEquals("pong"u8)) return MessageType.Pong;
        }

        reader.Skip();
        return MessageType.Unknown;
    }

    private static bool? ReadSuccess(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) return reader.GetBoolean();
        reader.Skip();
        return null;
    }

    private static ByteSpan ReadSpan(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = reader.TokenStartIndex;
        reader.Skip();
        return new ByteSpan(start, reader.BytesConsumed - start);
    }
}
