using System.Text.Json;

namespace HassSocket.Testing.Trpc;

/// <summary>Reads what a client sent, one request or an array of them, with the checks of a real server in its order; the first that fails speaks for the whole message.</summary>
internal static class RequestReader
{
    private static readonly string[] Methods = ["query", "mutation", "subscription", TrpcRequest.StopMethod];

    // The real server's parser goes much deeper than .NET's default of 64.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Reads a message.</summary>
    /// <exception cref="FakeTrpcErrorException">It cannot be read.</exception>
    /// <exception cref="BatchTooLargeException">It holds too many requests.</exception>
    public static IReadOnlyList<TrpcRequest> Read(ReadOnlyMemory<byte> message, FakeTrpcServerOptions options)
    {
        try
        {
            return ReadAll(Parse(message), options);
        }
        catch (InvalidOperationException)
        {
            throw Malformed("A path, a method or the name of a member has half a character, which this server cannot read");
        }
    }

    public static FakeTrpcErrorException Malformed(string why) => new("PARSE_ERROR", why);

    public static FakeTrpcErrorException TooLarge() => new("BAD_REQUEST", "Batch call exceeds maximum size");

    private static TrpcRequest[] ReadAll(JsonElement root, FakeTrpcServerOptions options)
    {
        if (root.ValueKind != JsonValueKind.Array) return [ReadOne(root, options.SuperJson)];
        if (root.GetArrayLength() > options.MaxBatchSize) throw new BatchTooLargeException(Answerable(root));
        return [.. root.EnumerateArray().Select(item => ReadOne(item, options.SuperJson))];
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Malformed("Unexpected token: this is not valid JSON");
        }
    }

    private static TrpcRequest ReadOne(JsonElement item, bool isSuperJson)
    {
        if (item.ValueKind != JsonValueKind.Object) throw Malformed("Not an object");
        if (!item.TryGetProperty("id", out var id) || id.ValueKind is not (JsonValueKind.Number or JsonValueKind.String or JsonValueKind.Null))
            throw Malformed("Invalid request id");
        var hasJsonRpc = item.TryGetProperty("jsonrpc", out var version);
        if (hasJsonRpc && !(version.ValueKind == JsonValueKind.String && version.ValueEquals("2.0"))) throw Malformed("Must be JSONRPC 2.0");
        if (TextOf(item, "method") is not { } method || !Methods.Contains(method)) throw Malformed("Invalid procedure type");
        if (method == TrpcRequest.StopMethod) return new TrpcRequest(id, hasJsonRpc, method, "", default);
        if (!item.TryGetProperty("params", out var call) || call.ValueKind != JsonValueKind.Object) throw Malformed("Not an object");
        var path = TextOf(call, "path") ?? throw Malformed("Invalid string");
        var isResumed = call.TryGetProperty("lastEventId", out _);
        var input = call.TryGetProperty("input", out var sent) ? sent : default;
        return new TrpcRequest(id, hasJsonRpc, method, path, isSuperJson ? SuperJsonEnvelope.Unwrap(input) : input)
        {
            RawInput = input,
            LastEventId = isResumed ? TextOf(call, "lastEventId") ?? throw Malformed("Invalid string") : null,
        };
    }

    /// <summary>The requests of an array that is thrown away; stops are not among them.</summary>
    private static TrpcRequest?[] Answerable(JsonElement array)
    {
        TrpcRequest?[] requests = [.. array.EnumerateArray()
            .Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out _) && TextOf(item, "method") != TrpcRequest.StopMethod)
            .Select(item => new TrpcRequest(item.GetProperty("id"), item.TryGetProperty("jsonrpc", out _), "", "", default))
            .Where(request => request.HasId)];
        return requests.Length > 0 ? requests : [null];
    }

    private static string? TextOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
