using System.Buffers;
using System.Text.Json;

namespace HassSocket.Trpc.Dialect;

/// <summary>Turns the member <c>error</c> of a message into an exception; a server may format its errors in any way.</summary>
internal static class ErrorReader
{
    /// <summary>Reads an error.</summary>
    /// <exception cref="JsonException">It is not even JSON.</exception>
    public static TrpcException Read(in ReadOnlySequence<byte> error, TrpcTransformer transformer, string? path)
    {
        var reader = new Utf8JsonReader(error, Members.ReaderOptions);
        var unwrapped = transformer.UnwrapError(JsonElement.ParseValue(ref reader));
        if (unwrapped.ValueKind != JsonValueKind.Object) return new TrpcException(path, "", Members.TextOf(unwrapped));
        var data = Member(unwrapped, "data");
        var number = Number(unwrapped, "code");
        var key = Text(data, "code") ?? ErrorKeys.Of(number);
        return new TrpcException(Text(data, "path") ?? path, key, Text(unwrapped, "message") ?? "")
        {
            NumericCode = number,
            HttpStatus = Number(data, "httpStatus"),
            Details = data,
        };
    }

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.String } text ? Members.TextOf(text) : null;

    private static int? Number(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
}
