using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>An event of the bus, written once for all who hear it.</summary>
internal sealed class HouseEvent
{
    private readonly Action<Utf8JsonWriter> _writeData;
    private byte[]? _json;

    private HouseEvent(string type, SimulatedContext context, DateTimeOffset firedAt, Action<Utf8JsonWriter> writeData)
    {
        (Type, Context, FiredAt) = (type, context, firedAt);
        _writeData = writeData;
    }

    public string Type { get; }

    public SimulatedContext Context { get; }

    public DateTimeOffset FiredAt { get; }

    public JsonObject? Data { get; private init; }

    /// <summary>The entity of a <c>state_changed</c>.</summary>
    public string? EntityId { get; private init; }

    public SimulatedState? OldState { get; private init; }

    public SimulatedState? NewState { get; private init; }

    public byte[] Json => _json ??= JsonBytes.Write(Write);

    public static HouseEvent Of(string type, JsonObject? data, SimulatedContext context, DateTimeOffset firedAt)
    {
        data ??= [];
        return new HouseEvent(type, context, firedAt, writer => writer.WriteNode(data)) { Data = data };
    }

    public static HouseEvent StateChanged(
        string entityId, SimulatedState? before, SimulatedState? after, SimulatedContext context, DateTimeOffset firedAt)
        => new("state_changed", context, firedAt, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("entity_id", entityId);
            writer.WritePropertyName("old_state");
            writer.WriteState(before);
            writer.WritePropertyName("new_state");
            writer.WriteState(after);
            writer.WriteEndObject();
        })
        {
            EntityId = entityId,
            OldState = before,
            NewState = after,
        };

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("event_type", Type);
        writer.WritePropertyName("data");
        _writeData(writer);
        writer.WriteString("origin", "LOCAL");
        writer.WriteString("time_fired", IsoTime.Of(FiredAt));
        writer.WriteContext("context", Context);
        writer.WriteEndObject();
    }
}
