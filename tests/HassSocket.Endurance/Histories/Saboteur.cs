using System.Text;
using System.Text.Json.Nodes;

namespace HassSocket.Endurance.Histories;

/// <summary>Puts a <see cref="Defect"/> into what a line carries, now and then.</summary>
internal sealed class Saboteur(Defect defect, int line, int seed)
{
    private readonly Random _received = new(seed);
    private readonly Random _sent = new(seed + 1);

    public IEnumerable<byte[]> Deliver(ReadOnlyMemory<byte> message)
    {
        var whole = message.ToArray();
        if (!whole.AsSpan().StartsWith("{"u8) && !whole.AsSpan().StartsWith("["u8)) return [whole];
        if (_received.Next(4) != 0) return [whole];
        return defect switch
        {
            Defect.LostReply when IsAnswer(whole) => [],
            Defect.DoubledEvent when IsEvent(whole) && whole[0] == (byte)'{' => [whole, whole],
            Defect.SwappedEvents when IsEvent(whole) && JsonNode.Parse(whole) is JsonArray { Count: > 1 } events => [Bytes(Reversed(events))],
            _ => [whole],
        };
    }

    public ReadOnlyMemory<byte> Send(ReadOnlyMemory<byte> message)
    {
        var type = defect switch
        {
            Defect.LeakedSubscription => "unsubscribe_events",
            Defect.MissedRestore when line > 1 => "subscribe_events",
            _ => null,
        };
        if (type is null) return message;
        var parsed = JsonNode.Parse(message.Span);
        foreach (var command in parsed is JsonArray batch ? [.. batch] : new[] { parsed })
        {
            if ((string?)command!["type"] != type || _sent.Next(4) != 0) continue;
            // The server answers this one with success, whatever else it is asked for is gone.
            foreach (var (name, _) in command.AsObject().Where(member => member.Key != "id").ToList()) command.AsObject().Remove(name);
            command["type"] = "get_config";
        }

        return Bytes(parsed!);
    }

    private static bool IsEvent(byte[] message) => message.AsSpan().IndexOf("endurance_"u8) >= 0;

    private static bool IsAnswer(byte[] message) => JsonNode.Parse(message) is JsonObject answer
        && answer["result"] is JsonObject result && result.ContainsKey("nonce");

    private static JsonArray Reversed(JsonArray events) => [.. events.Reverse().Select(one => one!.DeepClone())];

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
