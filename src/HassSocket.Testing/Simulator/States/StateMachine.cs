using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>All states of the house; a change is an event.</summary>
internal sealed class StateMachine(House house)
{
    private readonly Dictionary<string, SimulatedState> _states = [];

    public IReadOnlyCollection<SimulatedState> All => _states.Values;

    public SimulatedState? Find(string entityId) => _states.GetValueOrDefault(entityId);

    /// <summary>Writes a state as Home Assistant does: attributes replace the old ones, and nothing is told when nothing changed.</summary>
    public SimulatedState Set(string entityId, string state, JsonObject attributes, SimulatedContext context, bool isForced = false)
    {
        var now = house.Now;
        var before = Find(entityId);
        var isSameState = before is not null && !isForced && before.State == state;
        if (isSameState && JsonNode.DeepEquals(before!.Attributes, attributes))
            return _states[entityId] = before with { LastReported = now };

        var after = new SimulatedState(entityId, state, attributes)
        {
            LastChanged = isSameState ? before!.LastChanged : now,
            LastUpdated = now,
            LastReported = now,
            Context = context,
        };
        _states[entityId] = after;
        house.Bus.Fire(HouseEvent.StateChanged(entityId, before, after, context, now));
        return after;
    }

    /// <summary>Forgets everything without a word, as the end of the process does.</summary>
    public void Clear() => _states.Clear();

    public bool Remove(string entityId, SimulatedContext context)
    {
        if (!_states.Remove(entityId, out var before)) return false;
        house.Bus.Fire(HouseEvent.StateChanged(entityId, before, null, context, house.Now));
        return true;
    }

    /// <summary>Puts a state there as it was, without a word.</summary>
    public void Restore(SimulatedState state) => _states[state.EntityId] = state;

    /// <summary>Puts a state there that was there before the house could tell anybody.</summary>
    public void Seed(string entityId, string state, JsonObject attributes)
    {
        var now = house.Now;
        _states[entityId] = new SimulatedState(entityId, state, attributes)
        {
            LastChanged = now,
            LastUpdated = now,
            LastReported = now,
            Context = house.NewContext(),
        };
    }
}
