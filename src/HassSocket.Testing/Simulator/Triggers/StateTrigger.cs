using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Fires when an entity changes; with <c>from</c> or <c>to</c> only when its state text does.</summary>
internal sealed class StateTrigger(TriggerHead head, IReadOnlyList<string> entities, JsonObject fields) : ITrigger
{
    private readonly string? _attribute = fields["attribute"].Text();

    public Action Attach(House house, Action<TriggerFiring> fire) => house.Bus.Listen("state_changed", change =>
    {
        if (entities.Contains(change.EntityId!) && Matches(change)) fire(Firing(change));
    });

    private bool Matches(HouseEvent change)
    {
        var (before, after) = (Value(change.OldState), Value(change.NewState));
        var isNarrow = _attribute is not null || fields.ContainsKey("from") || fields.ContainsKey("to");
        if (isNarrow && before == after) return false;
        return Allows("from", before) && Allows("to", after);
    }

    private bool Allows(string key, string? value)
        => fields[key] is not { } wanted || (value is not null && (wanted is JsonArray ? wanted.Texts() : [wanted.ToString()]).Contains(value));

    private string? Value(SimulatedState? state) => _attribute is null ? state?.State : state?.Attributes[_attribute]?.ToString();

    private TriggerFiring Firing(HouseEvent change) => new(head, change.Context, writer =>
    {
        writer.WriteString("entity_id", change.EntityId);
        writer.WritePropertyName("from_state");
        writer.WriteState(change.OldState);
        writer.WritePropertyName("to_state");
        writer.WriteState(change.NewState);
        writer.WriteNull("for");
        writer.WriteString("attribute", _attribute);
        writer.WriteString("description", $"state of {change.EntityId}");
    });
}
