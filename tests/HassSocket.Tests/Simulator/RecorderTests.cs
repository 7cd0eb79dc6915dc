using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class RecorderTests : IAsyncLifetime
{
    private const string Begin = "2026-11-23T01:00:00+00:00";

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly HomeAssistantSimulator _house;

    public RecorderTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Period_begins_with_the_state_that_was_there()
    {
        Change("switch.ac", "on", "off");
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync(
            """{"id":1,"type":"history/history_during_period","start_time":"2026-11-23T01:01:30+00:00","entity_ids":["switch.ac"],"no_attributes":true}""");

        Assert.Equal("""[{"s":"on","lu":1795395690.0},{"s":"off","lu":1795395720.0}]""", answer["result"]!["switch.ac"]!.ToJsonString());
    }

    [Fact]
    public async Task Entity_that_never_changed_has_the_state_that_it_began_with()
    {
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync($$"""{"id":1,"type":"history/history_during_period","start_time":"{{Begin}}","entity_ids":["switch.ac","switch.nobody"]}""");

        Assert.Equal("switch.ac", Assert.Single(answer["result"]!.AsObject()).Key);
    }

    [Fact]
    public async Task Streams_tell_together_what_happens_within_a_moment_and_nothing_once_they_have_ended()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync($$"""{"id":1,"type":"history/stream","start_time":"{{Begin}}","entity_ids":["switch.ac"],"no_attributes":true}""");
        await client.ReadAsync();

        _house.SetState("switch.ac", "on");
        _house.SetState("switch.ac", "off");
        _time.Advance(TimeSpan.FromMilliseconds(350));
        await client.ExpectAsync("""{"id":1,"type":"event","event":{"states":{"switch.ac":[{"s":"on","lu":1795395600.0},{"s":"off","lu":1795395600.0}]}}}""");

        _house.SetState("switch.ac", "on");
        await client.AskAsync("""{"id":2,"type":"unsubscribe_events","subscription":1}""");
        _time.Advance(TimeSpan.FromSeconds(1));
        await client.AsksAsync("""{"id":3,"type":"ping"}""", """{"id":3,"type":"pong"}""");
    }

    [Fact]
    public async Task Logbook_tells_changes_with_their_cause_but_no_numbers()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"call_service","domain":"switch","service":"turn_off","target":{"entity_id":"switch.decorative_lights"}}""");
        await client.AskAsync("""{"id":2,"type":"call_service","domain":"counter","service":"increment","target":{"entity_id":"counter.visits"}}""");
        _house.SetState("sensor.outside_temperature", "16");

        var answer = await client.AskAsync($$"""{"id":3,"type":"logbook/get_events","start_time":"{{Begin}}"}""");

        var entry = Assert.Single(answer["result"]!.AsArray())!;
        Assert.Equal(("switch.decorative_lights", "off", "turn_off", _house.Owner.Id), (Text(entry, "entity_id"), Text(entry, "state"), Text(entry, "context_service"), Text(entry, "context_user_id")));
    }

    [Theory]
    [InlineData("history/stream", "start_time", ",\"entity_ids\":[\"switch.ac\"]")]
    [InlineData("logbook/get_events", "start_time", "")]
    public async Task Time_that_is_none_is_refused(string type, string name, string more)
    {
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync($$"""{"id":1,"type":"{{type}}","{{name}}":"yesterday"{{more}}}""");

        Assert.Equal(($"invalid_{name}", $"Invalid {name}"), (Text(answer["error"]!, "code"), Text(answer["error"]!, "message")));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static string? Text(JsonNode node, string name) => (string?)node[name];

    private void Change(string entityId, params string[] states)
    {
        foreach (var state in states)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            _house.SetState(entityId, state);
        }
    }
}
