using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing.Trpc;

/// <summary>The messages of the server.</summary>
internal sealed class TrpcMessages(bool isSuperJson)
{
    /// <summary><c>{"id":1,"result":{"type":"data","data":…}}</c>: an answer, or an item.</summary>
    public byte[] Data(TrpcRequest request, JsonNode? value) => Result(request, "data", result =>
    {
        if (isSuperJson || !TypedValues.IsUndefined(value)) result.WriteNode("data", Encode(value));
    });

    /// <summary>An item with its id, outside the transformer's envelope and within it.</summary>
    public byte[] Tracked(TrpcRequest request, FakeTrackedItem item) => Result(request, "data", result =>
    {
        result.WriteNode("data", Encode(new JsonObject { ["id"] = item.Id, ["data"] = item.Data?.DeepClone() }));
        result.WriteString("id", item.Id);
    });

    /// <summary>A result without data: <c>started</c> or <c>stopped</c>.</summary>
    public byte[] Word(TrpcRequest request, string type) => Result(request, type, _ => { });

    /// <summary><c>{"id":1,"error":{"message":"…","code":-32004,"data":{"code":"NOT_FOUND",…}}}</c>; without a request the id is null.</summary>
    public byte[] Error(TrpcRequest? request, Exception failure, bool tellsPath = true) => Message(request, writer =>
        writer.WriteNode("error", Encode(Describe(failure, tellsPath ? request?.Path : null))));

    private static JsonObject Describe(Exception failure, string? path)
    {
        var error = failure as FakeTrpcErrorException ?? new FakeTrpcErrorException(ErrorTable.Internal, failure.Message);
        var (number, status) = ErrorTable.Find(error.Key);
        var data = new JsonObject { ["code"] = error.Key, ["httpStatus"] = status };
        if (path is not null) data["path"] = path;
        foreach (var (name, value) in error.Details ?? []) data[name] = value?.DeepClone();
        return new JsonObject { ["message"] = error.Message, ["code"] = number ?? FakeTrpcServer.Undefined, ["data"] = data };
    }

    private JsonNode? Encode(JsonNode? value) => isSuperJson ? SuperJsonEnvelope.Wrap(value) : TypedValues.Flatten(value);

    private static byte[] Result(TrpcRequest request, string type, Action<Utf8JsonWriter> rest) => Message(request, writer =>
    {
        writer.WriteStartObject("result");
        writer.WriteString("type", type);
        rest(writer);
        writer.WriteEndObject();
    });

    private static byte[] Message(TrpcRequest? request, Action<Utf8JsonWriter> body) => JsonBytes.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("id");
        if (request is { HasId: true }) request.Id.WriteTo(writer);
        else writer.WriteNullValue();
        if (request is { EchoesJsonRpc: true }) writer.WriteString("jsonrpc", "2.0");
        body(writer);
        writer.WriteEndObject();
    });
}
