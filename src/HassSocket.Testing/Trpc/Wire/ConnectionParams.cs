using System.Text.Json;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing.Trpc;

/// <summary>What the first message tells: <c>{"method":"connectionParams","data":{"token":"…"}}</c>, of which only <c>data</c> is looked at.</summary>
internal static class ConnectionParams
{
    /// <summary>Reads the message.</summary>
    /// <exception cref="FakeTrpcErrorException">It is no such message.</exception>
    public static IReadOnlyDictionary<string, string> Read(ReadOnlyMemory<byte> message)
    {
        if (ReceivedJson.Parse(message) is not { ValueKind: JsonValueKind.Object } told) throw RequestReader.Malformed("Malformed TRPCConnectionParamsMessage");
        if (!told.TryGetProperty("data", out var data) || data.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)) throw WrongShape();
        if (data.ValueKind == JsonValueKind.Null) return new Dictionary<string, string>();
        return data.EnumerateObject().ToDictionary(
            param => param.Name, param => param.Value.ValueKind == JsonValueKind.String ? param.Value.GetString()! : throw WrongShape());
    }

    private static FakeTrpcErrorException WrongShape() => RequestReader.Malformed("Invalid connection params shape");
}
