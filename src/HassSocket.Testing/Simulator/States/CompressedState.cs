using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Writes what <c>subscribe_entities</c> sends: compressed states and the differences between them.</summary>
internal static class CompressedState
{
    /// <summary>The event for one change: <c>a</c>, <c>c</c> or <c>r</c> with one entity.</summary>
    public static byte[] Change(SimulatedState? before, SimulatedState? after) => JsonBytes.Write(writer =>
    {
        writer.WriteStartObject();
        if (after is null)
        {
            writer.WriteStartArray("r");
            writer.WriteStringValue(before!.EntityId);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStartObject(before is null ? "a" : "c");
            writer.WritePropertyName(after.EntityId);
            if (before is null) WriteWhole(writer, after);
            else WriteDifference(writer, before, after);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    /// <summary>The first event of a subscription.</summary>
    public static byte[] Snapshot(IEnumerable<SimulatedState> states) => JsonBytes.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("a");
        foreach (var state in states)
        {
            writer.WritePropertyName(state.EntityId);
            WriteWhole(writer, state);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void WriteWhole(Utf8JsonWriter writer, SimulatedState state)
    {
        writer.WriteStartObject();
        writer.WriteString("s", state.State);
        writer.WriteNode("a", state.Attributes);
        if (state.Context is { ParentId: null, UserId: null }) writer.WriteString("c", state.Context.Id);
        else writer.WriteContext("c", state.Context);
        WriteTime(writer, "lc", state.LastChanged);
        if (state.LastUpdated != state.LastChanged) WriteTime(writer, "lu", state.LastUpdated);
        writer.WriteEndObject();
    }

    private static void WriteDifference(Utf8JsonWriter writer, SimulatedState before, SimulatedState after)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("+");
        if (before.State != after.State) writer.WriteString("s", after.State);
        if (before.LastChanged != after.LastChanged) WriteTime(writer, "lc", after.LastChanged);
        else if (before.LastUpdated != after.LastUpdated) WriteTime(writer, "lu", after.LastUpdated);
        WriteContextDifference(writer, before.Context, after.Context);
        WriteNewAttributes(writer, before.Attributes, after.Attributes);
        writer.WriteEndObject();
        WriteLostAttributes(writer, before.Attributes, after.Attributes);
        writer.WriteEndObject();
    }

    private static void WriteContextDifference(Utf8JsonWriter writer, SimulatedContext before, SimulatedContext after)
    {
        if (before.ParentId == after.ParentId && before.UserId == after.UserId)
        {
            if (before.Id != after.Id) writer.WriteString("c", after.Id);
            return;
        }

        writer.WriteStartObject("c");
        if (before.ParentId != after.ParentId) writer.WriteString("parent_id", after.ParentId);
        if (before.UserId != after.UserId) writer.WriteString("user_id", after.UserId);
        if (before.Id != after.Id) writer.WriteString("id", after.Id);
        writer.WriteEndObject();
    }

    private static void WriteNewAttributes(Utf8JsonWriter writer, JsonObject before, JsonObject after)
    {
        var isOpen = false;
        foreach (var (name, value) in after)
        {
            if (before.TryGetPropertyValue(name, out var old) && JsonNode.DeepEquals(old, value)) continue;
            if (!isOpen) writer.WriteStartObject("a");
            isOpen = true;
            writer.WriteNode(name, value);
        }

        if (isOpen) writer.WriteEndObject();
    }

    private static void WriteLostAttributes(Utf8JsonWriter writer, JsonObject before, JsonObject after)
    {
        var lost = before.Select(pair => pair.Key).Where(name => !after.ContainsKey(name)).ToList();
        if (lost.Count == 0) return;
        writer.WriteStartObject("-");
        writer.WriteStartArray("a");
        foreach (var name in lost) writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset time)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(PythonText.Number(IsoTime.Epoch(time)));
    }
}
