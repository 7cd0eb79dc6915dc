using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>Puts a simulated house in the state in which the real one was when a recording began, as far as the recording shows it.</summary>
/// <remarks>The first state of each entity counts: in a snapshot, as the old state of a change, or as what a trigger came from.</remarks>
internal sealed class Givens(HomeAssistantSimulator house, Recording recording, Scenario scenario)
{
    private readonly HashSet<string> _known = [];

    private string? OwnerId => field ??= recording.Lines
        .Where(line => line.Direction == '<' && line.Raw is not null)
        .SelectMany(line => Json.Items(line.Raw!))
        .Select(item => item.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
            && result.TryGetProperty("context", out var context) ? Json.Text(context, "user_id") : null)
        .FirstOrDefault(id => id is not null);

    public void Arrange()
    {
        var past = new GivenPast(house, scenario, User);
        foreach (var (entityId, state) in scenario.Given) Arrange(entityId, JsonNode.Parse(state)!.AsObject());
        foreach (var line in recording.Lines.Where(line => line is { Direction: '<', Raw: not null, IsCut: false }))
        {
            foreach (var item in Json.Items(line.Raw!))
            {
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("event", out var content)) Learn(content);
                past.Learn(item);
            }
        }
    }

    private void Arrange(string entityId, JsonObject given)
    {
        _known.Add(entityId);
        var before = house.House.States.Find(entityId);
        var attributes = before?.Attributes.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in given["attributes"] as JsonObject ?? []) attributes[name] = value?.DeepClone();
        house.House.States.Seed(entityId, (string?)given["state"] ?? before?.State ?? "unknown", attributes);
    }

    private void Learn(JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Object) return;
        if (content.TryGetProperty("a", out var added) && added.ValueKind == JsonValueKind.Object) LearnSnapshot(added);
        if (content.TryGetProperty("c", out var changed) && changed.ValueKind == JsonValueKind.Object)
            foreach (var entity in changed.EnumerateObject()) _known.Add(entity.Name);
        if (content.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("old_state", out var old))
            LearnState(data.GetProperty("entity_id").GetString()!, old);
        if (content.TryGetProperty("variables", out var variables) && variables.TryGetProperty("trigger", out var trigger)
            && trigger.TryGetProperty("from_state", out var from))
            LearnState(trigger.GetProperty("entity_id").GetString()!, from);
    }

    /// <summary>A snapshot of more than a few is the whole house.</summary>
    private void LearnSnapshot(JsonElement added)
    {
        var entities = added.EnumerateObject().ToArray();
        if (entities.Length > 20 && _known.Count == 0) house.House.States.Clear();
        foreach (var entity in entities)
        {
            if (!_known.Add(entity.Name) || entities.Length == 1) continue;
            var state = entity.Value;
            var changedAt = Epoch(state.GetProperty("lc"));
            Restore(entity.Name, state.GetProperty("s").GetString()!, state.GetProperty("a"), state.GetProperty("c"),
                changedAt, state.TryGetProperty("lu", out var updated) ? Epoch(updated) : changedAt);
        }
    }

    private void LearnState(string entityId, JsonElement state)
    {
        if (!_known.Add(entityId)) return;
        if (state.ValueKind != JsonValueKind.Object) house.RemoveEntity(entityId);
        else
        {
            Restore(entityId, state.GetProperty("state").GetString()!, state.GetProperty("attributes"), state.GetProperty("context"),
                state.GetProperty("last_changed").GetDateTimeOffset(), state.GetProperty("last_updated").GetDateTimeOffset());
        }
    }

    private void Restore(
        string entityId, string state, JsonElement attributes, JsonElement context, DateTimeOffset changedAt, DateTimeOffset updatedAt)
        => house.House.States.Restore(new SimulatedState(entityId, state, JsonObject.Create(attributes)!)
        {
            LastChanged = changedAt,
            LastUpdated = updatedAt,
            LastReported = updatedAt,
            Context = context.ValueKind == JsonValueKind.String
                ? new SimulatedContext(context.GetString()!)
                : new SimulatedContext(Json.Text(context, "id")!, Json.Text(context, "parent_id"), User(Json.Text(context, "user_id"))),
        });

    private string? User(string? recorded) => recorded == OwnerId ? house.Owner.Id : recorded;

    private static DateTimeOffset Epoch(JsonElement seconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(seconds.GetDouble() * TimeSpan.TicksPerSecond));
}
