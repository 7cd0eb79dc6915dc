using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing.Trpc;

/// <summary>superjson's envelope, <c>{"json":…,"meta":{"values":{"at":["Date"]},"v":1}}</c>: as much of it as a test double needs.</summary>
/// <remarks>Written apart from the client's own superjson on purpose: a double that shared its code would share its mistakes.</remarks>
internal static class SuperJsonEnvelope
{
    /// <summary>Takes an input out; tags other than that of <c>undefined</c> are left to whoever reads the raw input.</summary>
    /// <exception cref="FakeTrpcErrorException">There is no envelope, without which the server cannot read the message.</exception>
    public static JsonElement Unwrap(JsonElement envelope)
    {
        if (envelope.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            throw RequestReader.Malformed($"Cannot destructure property 'json' of 'payload' as it is {(envelope.ValueKind == JsonValueKind.Null ? "null" : "undefined")}.");
        if (envelope.ValueKind != JsonValueKind.Object || !envelope.TryGetProperty("json", out var json) || IsUndefined(envelope)) return default;
        return json;
    }

    /// <summary>Puts a value into an envelope, with the tags of what plain JSON cannot say.</summary>
    public static JsonObject Wrap(JsonNode? value)
    {
        var tags = new JsonObject();
        string? rootTag = null;
        var json = TypedValues.Replace(value, "", (path, tag) =>
        {
            if (path.Length == 0) rootTag = tag;
            else tags[path] = new JsonArray(tag);
        });
        var envelope = new JsonObject { ["json"] = json };
        JsonNode? values = rootTag is not null ? new JsonArray(rootTag) : tags.Count > 0 ? tags : null;
        if (values is not null) envelope["meta"] = new JsonObject { ["values"] = values, ["v"] = 1 };
        return envelope;
    }

    private static bool IsUndefined(JsonElement envelope) => envelope.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty("values", out var values) && values.ToNode() is JsonArray { Count: > 0 } tags && tags[0].Text() == "undefined";
}
