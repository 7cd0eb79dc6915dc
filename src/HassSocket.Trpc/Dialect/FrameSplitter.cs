using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace HassSocket.Trpc.Dialect;

/// <summary>Reads a message of the server in one pass, members in any order; one that cannot be read is unknown and harms nobody.</summary>
internal static class FrameSplitter
{
    // Depth costs a reader one bit a level; who reads a payload that is nested absurdly fails alone.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    public static WireItem Read(in ReadOnlySequence<byte> message)
    {
        if (Is(message, "PING"u8)) return new WireItem(WireItemKind.Ping, null, default);
        if (Is(message, "PONG"u8)) return new WireItem(WireItemKind.Pong, null, default);
        try
        {
            return ReadObject(message);
        }
        catch (JsonException)
        {
            return new WireItem(WireItemKind.Unknown, null, message);
        }
    }

    /// <summary>The id of a message of which there is only the beginning.</summary>
    public static long? FindKey(in ReadOnlySequence<byte> beginning)
    {
        var reader = new Utf8JsonReader(beginning, isFinalBlock: false, state: default);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && Members.IsNamed(ref reader, "id"u8)
                ? ReadKey(ref reader)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Is(in ReadOnlySequence<byte> message, ReadOnlySpan<byte> text)
    {
        if (message.Length != text.Length) return false;
        Span<byte> bytes = stackalloc byte[4];
        message.CopyTo(bytes);
        return bytes.SequenceEqual(text);
    }

    private static WireItem ReadObject(in ReadOnlySequence<byte> message)
    {
        var reader = new Utf8JsonReader(message, Options);
        var parts = default(FrameParts);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return new WireItem(WireItemKind.Unknown, null, message);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadMember(ref reader, ref parts);
        // Reads on to the end, so that what follows the object, if anything does, is noticed.
        reader.Read();
        return parts.Compose(message);
    }

    private static void ReadMember(ref Utf8JsonReader reader, ref FrameParts parts)
    {
        if (Members.IsNamed(ref reader, "id"u8)) parts.Key = ReadKey(ref reader);
        else if (Members.IsNamed(ref reader, "result"u8)) ReadResult(ref reader, ref parts);
        else if (Members.IsNamed(ref reader, "error"u8)) parts.Error = ReadUnlessNull(ref reader);
        else if (Members.IsNamed(ref reader, "method"u8)) ReadMethod(ref reader, ref parts);
        // The documented spelling of the notice, which no known server uses.
        else if (Members.IsNamed(ref reader, "type"u8)) parts.AsksToReconnect |= ReadIsReconnect(ref reader);
        else reader.Skip();
    }

    private static void ReadMethod(ref Utf8JsonReader reader, ref FrameParts parts)
    {
        parts.HasMethod = true;
        parts.AsksToReconnect |= ReadIsReconnect(ref reader);
    }

    private static bool ReadIsReconnect(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return Members.IsNamed(ref reader, "reconnect"u8);
        reader.Skip();
        return false;
    }

    private static (long Start, long Length) ReadUnlessNull(ref Utf8JsonReader reader)
    {
        var span = Members.ReadSpan(ref reader);
        return reader.TokenType == JsonTokenType.Null ? default : span;
    }

    // Servers echo ids as they came; the reference client takes a text for the number in it, so we do.
    private static long? ReadKey(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var key)) return key;
        if (reader.TokenType == JsonTokenType.String)
            return long.TryParse(Members.ReadText(ref reader), NumberStyles.None, CultureInfo.InvariantCulture, out key) ? key : null;
        reader.TrySkip();
        return null;
    }

    private static void ReadResult(ref Utf8JsonReader reader, ref FrameParts parts)
    {
        reader.Read();
        var start = reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadResultMember(ref reader, ref parts);
        }
        else
        {
            parts.ResultType = ResultType.Unknown;
            reader.Skip();
        }

        parts.Result = (start, reader.BytesConsumed - start);
    }

    private static void ReadResultMember(ref Utf8JsonReader reader, ref FrameParts parts)
    {
        if (Members.IsNamed(ref reader, "type"u8))
        {
            reader.Read();
            parts.ResultType = ReadType(ref reader);
        }
        else if (Members.IsNamed(ref reader, "id"u8))
        {
            // A token that is no text could not be sent back.
            reader.Read();
            parts.EventId = Members.ReadText(ref reader) is { Length: > 0 } id ? id : null;
            reader.Skip();
        }
        else
        {
            reader.Skip();
        }
    }

    private static ResultType ReadType(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            if (Members.IsNamed(ref reader, "data"u8)) return ResultType.Data;
            if (Members.IsNamed(ref reader, "started"u8)) return ResultType.Started;
            if (Members.IsNamed(ref reader, "stopped"u8)) return ResultType.Stopped;
        }

        reader.Skip();
        return ResultType.Unknown;
    }
}
