using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class EventTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public EventTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Fired_event_comes_before_its_result_with_the_id_last_and_its_data_untouched()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":5,"type":"subscribe_events","event_type":"probe"}""");
        const string Data = """{"text":"grüße ☀️ \"q\"","n":1.0,"big":12345678901234567890,"none":null,"list":[1,[2,{"x":false}]]}""";

        await client.SendAsync($$"""{"id":6,"type":"fire_event","event_type":"probe","event_data":{{Data}}}""");
        var received = await client.ReadAsync();
        var result = (await client.ReadJsonAsync())["result"]!["context"]!;

        Assert.Equal(
            "{\"type\":\"event\",\"event\":{\"event_type\":\"probe\",\"data\":" + Data +
            ",\"origin\":\"LOCAL\",\"time_fired\":\"2026-01-01T00:00:00+00:00\",\"context\":" + result.ToJsonString() + "},\"id\":5}",
            received);
    }

    [Fact]
    public async Task Each_subscription_hears_an_event_once_until_it_ends()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"subscribe_events","event_type":"probe"}""");
        await client.AskAsync("""{"id":2,"type":"subscribe_events"}""");

        _house.FireEvent("probe", new JsonObject { ["n"] = 1 });
        Assert.Equal(1, (int)(await client.ReadJsonAsync())["id"]!);
        Assert.Equal(2, (int)(await client.ReadJsonAsync())["id"]!);
        await client.AskAsync("""{"id":3,"type":"unsubscribe_events","subscription":1}""");
        _house.FireEvent("probe");
        Assert.Equal(2, (int)(await client.ReadJsonAsync())["id"]!);

        Assert.Equal(1, _house.Connections[0].Subscriptions);
    }

    [Fact]
    public async Task Burst_of_one_moment_is_one_array_for_a_client_that_takes_them()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"supported_features","features":{"coalesce_messages":1}}""");
        await client.AskAsync("""{"id":2,"type":"subscribe_events","event_type":"state_changed"}""");

        await client.SendAsync("""{"id":3,"type":"call_service","domain":"light","service":"turn_off","target":{"entity_id":"all"}}""");

        var frame = (await client.ReadJsonAsync()).AsArray();
        Assert.True(frame.Count > 3);
        Assert.Equal(3, (int)frame[^1]!["id"]!);
    }

    [Fact]
    public async Task State_trigger_fires_with_both_states()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"subscribe_trigger","trigger":[{"trigger":"state","entity_id":"light.bed_light","to":"on","id":"went_on"},{"platform":"numeric_state","entity_id":"input_number.level","above":1}]}""");

        _house.SetState("light.bed_light", "on");
        var fired = (await client.ReadJsonAsync())["event"]!;
        _house.SetState("light.bed_light", "off");
        _house.SetState("input_number.level", "1.0");
        _house.SetState("input_number.level", "2.0");
        var crossed = (await client.ReadJsonAsync())["event"]!["variables"]!["trigger"]!;

        var trigger = fired["variables"]!["trigger"]!.AsObject();
        Assert.Equal(
            ["id", "idx", "alias", "platform", "entity_id", "from_state", "to_state", "for", "attribute", "description"],
            trigger.Select(p => p.Key));
        Assert.Equal("went_on", (string?)trigger["id"]);
        Assert.Equal(("off", "on"), ((string?)trigger["from_state"]!["state"], (string?)trigger["to_state"]!["state"]));
        Assert.Equal(_house.States.Single(s => s.EntityId == "input_number.level").Context.Id.Length, ((string)fired["context"]!["id"]!).Length);
        Assert.Equal(("1", "numeric state of input_number.level"), ((string?)crossed["idx"], (string?)crossed["description"]));
    }

    [Fact]
    public async Task Event_trigger_fires_only_for_its_data()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"subscribe_trigger","trigger":{"trigger":"event","event_type":"probe","event_data":{"n":1}},"variables":{"x":1}}""");

        _house.FireEvent("probe", new JsonObject { ["n"] = 2 });
        _house.FireEvent("probe", new JsonObject { ["n"] = 1, ["more"] = true });

        var fired = (await client.ReadJsonAsync())["event"]!["variables"]!;
        Assert.Equal("event 'probe'", (string?)fired["trigger"]!["description"]);
        Assert.True((bool)fired["trigger"]!["event"]!["data"]!["more"]!);
        Assert.Equal(1, (int)fired["x"]!);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
