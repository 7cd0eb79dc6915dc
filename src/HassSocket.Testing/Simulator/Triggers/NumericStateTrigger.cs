using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Fires when the number of an entity comes into a range.</summary>
internal sealed class NumericStateTrigger(TriggerHead head, IReadOnlyList<string> entities, JsonObject fields) : ITrigger
{
    private readonly double? _above = fields["above"].Number();
    private readonly double? _below = fields["below"].Number();
    private readonly string? _attribute = fields["attribute"].Text();

    public Action Attach(House house, Action<TriggerFiring> fire) => house.Bus.Listen("state_changed", change =>
    {
        if (entities.Contains(change.EntityId!) && IsWithin(change.NewState) && !IsWithin(change.OldState)) fire(Firing(change));
    });

    private bool IsWithin(SimulatedState? state)
        => double.TryParse(Value(state), CultureInfo.InvariantCulture, out var number) && !(number <= _above) && !(number >= _below);

    private string? Value(SimulatedState? state) => _attribute is null ? state?.State : state?.Attributes[_attribute]?.ToString();

    private TriggerFiring Firing(HouseEvent change) => new(head, change.Context, writer =>
    {
        writer.WriteString("entity_id", change.EntityId);
        WriteLimit(writer, "below", _below);
        WriteLimit(writer, "above", _above);
        writer.WritePropertyName("from_state");
        writer.WriteState(change.OldState);
        writer.WritePropertyName("to_state");
        writer.WriteState(change.NewState);
        writer.WriteNull("for");
        writer.WriteString("description", $"numeric state of {change.EntityId}");
    });

    private static void WriteLimit(Utf8JsonWriter writer, string name, double? limit)
    {
        writer.WritePropertyName(name);
        if (limit is { } value) writer.WriteRawValue(PythonText.Number(value));
        else writer.WriteNullValue();
    }
}
