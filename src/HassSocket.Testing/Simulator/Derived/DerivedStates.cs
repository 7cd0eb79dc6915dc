using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Entities that follow others, as groups and template sensors do: with the same context, right after the change.</summary>
internal static class DerivedStates
{
    private const string Level = "input_number.level";

    private const string LevelDoubled = "sensor.level_doubled";

    public static void Watch(House house) => house.Bus.Listen("state_changed", change =>
    {
        if (change.NewState is not { } state) return;
        if (state.EntityId == Level) Double(house, state);
        foreach (var group in house.States.All.Where(group => IsGroupOf(group, state)).ToArray()) Follow(house, group, change.Context);
    });

    private static void Double(House house, SimulatedState level)
    {
        if (house.States.Find(LevelDoubled) is { } doubled && JsonValue.Create(level.State).Number() is { } value)
            house.States.Set(LevelDoubled, (value * 2).Invariant(), doubled.Attributes, level.Context);
    }

    private static bool IsGroupOf(SimulatedState group, SimulatedState member)
        => group.EntityId.StartsWith("group.", StringComparison.Ordinal) && group.Attributes["entity_id"].Texts().Contains(member.EntityId);

    /// <summary>A group is on while one of its members is.</summary>
    private static void Follow(House house, SimulatedState group, SimulatedContext context)
    {
        var isOn = group.Attributes["entity_id"].Texts().Any(id => house.States.Find(id)?.State == "on");
        house.States.Set(group.EntityId, isOn ? "on" : "off", group.Attributes, context);
    }
}
