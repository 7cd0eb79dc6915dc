using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Testing.Simulator;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>Gives a simulated house the past of the real one: what history and logbook told of the time before the recording began.</summary>
internal sealed class GivenPast(HomeAssistantSimulator house, Scenario scenario, Func<string?, string?> userOf)
{
    private readonly double _begins = (scenario.Begins - DateTimeOffset.UnixEpoch).TotalSeconds;
    private bool _knowsStates;
    private bool _knowsEvents;

    public void Learn(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object) return;
        if (!_knowsStates && message.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object) LearnStates(result);
        if (!_knowsEvents && message.TryGetProperty("event", out var content) && content.ValueKind == JsonValueKind.Object
            && content.TryGetProperty("events", out var events)) LearnEvents(events);
    }

    private void LearnStates(JsonElement result)
    {
        foreach (var entity in result.EnumerateObject().Where(property => property.Name.Contains('.', StringComparison.Ordinal) && property.Value.ValueKind == JsonValueKind.Array))
        {
            foreach (var row in entity.Value.EnumerateArray().Where(row => row.TryGetProperty("lu", out _) && row.TryGetProperty("a", out _) && IsPast(row, "lu")))
            {
                _knowsStates = true;
                var (state, attributes) = (row.GetProperty("s").GetString()!, JsonObject.Create(row.GetProperty("a"))!);
                house.House.History.Remember(entity.Name, new HistoryRow(state, attributes, Time(row, "lu")));
            }
        }
    }

    private void LearnEvents(JsonElement events)
    {
        _knowsEvents = true;
        foreach (var entry in events.EnumerateArray().Where(entry => IsPast(entry, "when")))
        {
            var fields = JsonObject.Create(entry)!;
            if ((string?)fields["context_user_id"] is { } user) fields["context_user_id"] = userOf(user);
            house.House.Logbook.Add(fields);
        }
    }

    private bool IsPast(JsonElement row, string name) => row.GetProperty(name).GetDouble() < _begins;

    private static DateTimeOffset Time(JsonElement row, string name) => DateTimeOffset.UnixEpoch.AddTicks((long)(row.GetProperty(name).GetDouble() * TimeSpan.TicksPerSecond));
}
