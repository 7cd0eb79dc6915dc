using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>What happened in the house, as people want to read it: changes of state, and who or what led to them.</summary>
internal sealed class Logbook(House house)
{
    private const int MostEntries = 10_000;

    private static readonly string[] NeverTold = ["counter", "proximity"];

    private readonly List<JsonObject> _entries = [];
    private readonly Dictionary<string, JsonObject> _calls = [];
    private readonly List<Action<JsonObject>> _readers = [];

    public void Watch()
    {
        house.Bus.Listen("call_service", call => _calls[call.Context.Id] = call.Data!);
        house.Bus.Listen("state_changed", change =>
        {
            if (change is { OldState: { } before, NewState: { } after } && before.State != after.State && IsTold(after)) Add(EntryOf(after));
        });
    }

    public void Add(JsonObject entry)
    {
        _entries.Add(entry);
        if (_entries.Count > MostEntries) _entries.RemoveAt(0);
        foreach (var read in _readers.ToArray()) read(entry);
    }

    public IEnumerable<JsonObject> Between(DateTimeOffset from, DateTimeOffset? to) => _entries.Where(entry =>
    {
        var when = entry["when"].Number() ?? 0;
        return when >= IsoTime.Epoch(from) && (to is null || when < IsoTime.Epoch(to.Value));
    });

    /// <summary>Reads what is added until the returned action is called.</summary>
    public Action Follow(Action<JsonObject> read)
    {
        _readers.Add(read);
        return () => _readers.Remove(read);
    }

    /// <summary>Numbers that change all the time are not told.</summary>
    private static bool IsTold(SimulatedState state) => !NeverTold.Contains(state.Domain)
        && !(state.Domain == "sensor" && (state.Attributes.ContainsKey("unit_of_measurement") || state.Attributes.ContainsKey("state_class")));

    private JsonObject EntryOf(SimulatedState state)
    {
        var entry = new JsonObject
        {
            ["state"] = state.State,
            ["entity_id"] = state.EntityId,
            ["when"] = JsonNode.Parse(PythonText.Number(IsoTime.Epoch(state.LastUpdated))),
        };
        if (state.Context.UserId is { } user) entry["context_user_id"] = user;
        if (!_calls.TryGetValue(state.Context.Id, out var call)) return entry;
        entry["context_domain"] = call["domain"]?.DeepClone();
        entry["context_service"] = call["service"]?.DeepClone();
        entry["context_event_type"] = "call_service";
        return entry;
    }
}
