using System.Text.Json;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing.Trpc;

/// <summary>One request as it came: <c>{"id":1,"method":"query","params":{"path":"post.byId","input":…}}</c>.</summary>
/// <param name="Id">The id, text or number; a stop, too, has that of its subscription.</param>
/// <param name="EchoesJsonRpc">Whether the answers say <c>"jsonrpc":"2.0"</c>, because the request did.</param>
/// <param name="Method">Which kind of procedure, or the stop.</param>
/// <param name="Path">The procedure.</param>
/// <param name="Input">The input, taken out of its envelope.</param>
internal sealed record TrpcRequest(JsonElement Id, bool EchoesJsonRpc, string Method, string Path, JsonElement Input)
{
    public const string StopMethod = "subscription.stop";

    private const string LastEventIdMember = "lastEventId";

    public JsonElement RawInput { get; init; }

    public string? LastEventId { get; init; }

    public bool HasId => Id.ValueKind is JsonValueKind.Number or JsonValueKind.String;

    /// <summary>Tells ids apart: 2 and "2" are two.</summary>
    public string Key => Id.GetRawText();

    public string IdText => Id.ToString();

    public bool IsStop => Method == StopMethod;

    public FakeTrpcCall ToCall(FakeTrpcConnection connection, DateTimeOffset at, CancellationToken stopped)
    {
        var (input, last) = Resumed();
        return new FakeTrpcCall(connection, Method, Path, at) { Input = input, RawInput = RawInput, LastEventId = last, Stopped = stopped };
    }

    private (JsonElement Input, string? LastEventId) Resumed()
    {
        try
        {
            var input = MergedInput();
            var isNamed = input.ValueKind == JsonValueKind.Object && input.TryGetProperty(LastEventIdMember, out var last) && last.ValueKind == JsonValueKind.String;
            return (input, LastEventId ?? (isNamed ? input.GetProperty(LastEventIdMember).GetString() : null));
        }
        catch (InvalidOperationException)
        {
            // The name of a member, or the id, has half a character, which no text of .NET can hold.
            return (Input, LastEventId);
        }
    }

    /// <summary>The server writes the id into the input, where that is an object, null or missing.</summary>
    private JsonElement MergedInput()
    {
        if (LastEventId is null || Input.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined)) return Input;
        var merged = Input.ValueKind == JsonValueKind.Object ? Input.ToObject() : [];
        merged[LastEventIdMember] = LastEventId;
        return ReceivedJson.Parse(JsonBytes.Write(writer => writer.WriteNode(merged)))!.Value;
    }
}
