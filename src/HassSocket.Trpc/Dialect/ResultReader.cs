using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HassSocket.Trpc.Dialect;

/// <summary>Reads the member <c>result</c> of an answer or an item, and says of one that cannot be read what, where and for whom.</summary>
internal static class ResultReader
{
    /// <summary>Reads the value of a result.</summary>
    /// <exception cref="ProtocolViolationException">It is not what was expected.</exception>
    public static T? Read<T>(in ReadOnlySequence<byte> result, TrpcTransformer transformer, JsonTypeInfo<T> typeInfo, string path, long? key = null)
    {
        try
        {
            return transformer.Read(PayloadOf(result), typeInfo);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, e, key);
        }
    }

    /// <summary>The id of a tracked item; <see langword="null"/> where there is none.</summary>
    public static string? EventId(in ReadOnlySequence<byte> result)
    {
        var id = Members.Find(result, "id"u8);
        if (id.IsEmpty) return null;
        var reader = new Utf8JsonReader(id);
        return reader.Read() ? Members.ReadText(ref reader) : null;
    }

    private static TrpcPayload PayloadOf(in ReadOnlySequence<byte> result)
    {
        var (data, id) = Members.Find(result, "data"u8, "id"u8);
        return new TrpcPayload(data, !id.IsEmpty);
    }

    private static ProtocolViolationException Unreadable(string path, Exception cause, long? key)
    {
        var place = (cause as JsonException)?.Path;
        var where = place is null ? "" : $" at {place}";
        var id = key is null ? "" : $" (id {key})";
        var why = cause is JsonException { Path: null } ? " " + cause.Message : "";
        return new ProtocolViolationException(
            $"What '{path}'{id} sent is not of the expected shape{where}.{why} The procedure may have changed, or the transformer is not the server's; " +
            "read it as a JsonElement to see what comes.",
            cause)
        {
            Command = path,
            Key = key,
            Path = place,
        };
    }
}
