using System.Text;
using System.Text.Json;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing;

/// <summary>One command that a client sent, also where several came in one array.</summary>
/// <param name="Connection">The number of the connection, from 1.</param>
/// <param name="Id">The id that the client gave it; <see langword="null"/> where it has none, as the login.</param>
/// <param name="Type">The type on the wire, such as <c>call_service</c>; the login is <c>auth</c>.</param>
/// <param name="Message">The whole message.</param>
/// <param name="At">When it came, by the clock of the house.</param>
public sealed record ReceivedCommand(int Connection, ulong? Id, string Type, JsonElement Message, DateTimeOffset At)
{
    /// <summary>Type, id, connection and time; never the message, which may hold a token.</summary>
    public override string ToString() => $"{Type}{(Id is { } id ? $" {id}" : "")} on connection {Connection} at {At:HH:mm:ss.fff}";

    internal static IEnumerable<ReceivedCommand> In(ReceivedMessage message)
    {
        if (ReceivedJson.Parse(Encoding.UTF8.GetBytes(message.Text)) is not { } root) yield break;
        var items = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new[] { root };
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String) continue;
            var hasId = item.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number;
            ulong? number = hasId && id.TryGetUInt64(out var value) ? value : null;
            yield return new ReceivedCommand(message.Connection, number, type.GetString()!, item, message.At);
        }
    }
}
