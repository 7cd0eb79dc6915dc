using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class TriggerTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 1, 50, 30, TimeSpan.Zero));
    private readonly HomeAssistantSimulator _house;

    public TriggerTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Template_trigger_fires_when_it_comes_true_not_while_it_is()
    {
        await using var client = await SubscribeAsync("""{"trigger":"template","value_template":"{{ states('sensor.a') | float(0) > 1 }}"}""");

        foreach (var state in (string[])["2", "3", "1", "4"]) _house.SetState("sensor.a", state);

        foreach (var expected in (string[])["2", "4"])
        {
            var trigger = (await client.ReadJsonAsync())["event"]!["variables"]!["trigger"]!;
            Assert.Equal((expected, "sensor.a via template"), ((string?)trigger["to_state"]!["state"], (string?)trigger["description"]));
        }

        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
    }

    [Fact]
    public async Task Time_pattern_fires_when_the_clock_shows_it_until_nobody_listens()
    {
        await using var client = await SubscribeAsync("""{"trigger":"time_pattern","minutes":"/2"}""");

        _time.Advance(TimeSpan.FromSeconds(89));
        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
        _time.Advance(TimeSpan.FromSeconds(1));
        await client.ExpectAsync(
            """{"id":1,"type":"event","event":{"variables":{"trigger":{"id":"0","idx":"0","alias":null,"platform":"time_pattern","now":"2026-11-23T02:52:00+01:00","description":"time pattern"}},"context":null}}""");
        await client.AskAsync("""{"id":3,"type":"unsubscribe_events","subscription":1}""");
        _time.Advance(TimeSpan.FromMinutes(10));
        await client.AsksAsync("""{"id":4,"type":"ping"}""", """{"id":4,"type":"pong"}""");
    }

    [Fact]
    public async Task Number_of_an_attribute_is_watched_where_one_is_named()
    {
        _house.SetState("light.a", "on", new() { ["brightness"] = 10 });
        await using var client = await SubscribeAsync("""{"trigger":"numeric_state","entity_id":"light.a","attribute":"brightness","above":20}""");

        _house.SetState("light.a", "on", new() { ["brightness"] = 30 });

        Assert.Equal(30, (int)(await client.ReadJsonAsync())["event"]!["variables"]!["trigger"]!["to_state"]!["attributes"]!["brightness"]!);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private async Task<RawClient> SubscribeAsync(string trigger)
    {
        var client = await RawClient.LoginAsync(_house);
        await client.AskAsync($$"""{"id":1,"type":"subscribe_trigger","trigger":{{trigger}}}""");
        return client;
    }
}
