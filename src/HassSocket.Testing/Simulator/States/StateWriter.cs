using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>Writes states and contexts in their long form.</summary>
internal static class StateWriter
{
    public static void WriteStates(this Utf8JsonWriter writer, IEnumerable<SimulatedState> states)
    {
        writer.WriteStartArray();
        foreach (var state in states) writer.WriteState(state);
        writer.WriteEndArray();
    }

    public static void WriteState(this Utf8JsonWriter writer, SimulatedState? state)
    {
        if (state is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("entity_id", state.EntityId);
        writer.WriteString("state", state.State);
        writer.WriteNode("attributes", state.Attributes);
        writer.WriteString("last_changed", IsoTime.Of(state.LastChanged));
        writer.WriteString("last_reported", IsoTime.Of(state.LastReported));
        writer.WriteString("last_updated", IsoTime.Of(state.LastUpdated));
        writer.WriteContext("context", state.Context);
        writer.WriteEndObject();
    }

    public static void WriteContext(this Utf8JsonWriter writer, string name, SimulatedContext? context)
    {
        writer.WritePropertyName(name);
        if (context is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("id", context.Id);
        writer.WriteString("parent_id", context.ParentId);
        writer.WriteString("user_id", context.UserId);
        writer.WriteEndObject();
    }
}
