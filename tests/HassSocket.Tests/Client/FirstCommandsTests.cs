using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Client;

/// <summary>The first typed commands, with their effects in the house.</summary>
public sealed class FirstCommandsTests
{
    [Fact]
    public async Task Ping_tells_the_round_trip_by_the_given_clock()
    {
        await using var home = await Home.ReadyAsync();
        home.House.Faults.DelayAnswers("ping", TimeSpan.FromMilliseconds(40));
        var ping = home.Client.PingAsync(home.Clock);
        await home.Clock.WaitForTimerAsync(TimeSpan.FromMilliseconds(40));
        home.Clock.Advance(TimeSpan.FromMilliseconds(40));

        Assert.Equal(TimeSpan.FromMilliseconds(40), await ping.WaitAsync(Home.Guard));
    }

    [Fact]
    public async Task States_are_those_of_the_house()
    {
        await using var home = await Home.ReadyAsync();
        home.House.SetState("sensor.attic", "21.4", new JsonObject { ["unit_of_measurement"] = "°C" });

        var states = await home.Client.GetStatesAsync().WaitAsync(Home.Guard);

        var attic = Assert.Single(states, state => state.EntityId == "sensor.attic");
        Assert.Equal("21.4", attic.State);
        Assert.Equal("°C", attic.Attribute("unit_of_measurement")?.GetString());
        Assert.Equal(home.Clock.GetUtcNow(), attic.LastChanged);
        Assert.Equal(home.House.States.Count, states.Count);
    }

    [Fact]
    public async Task Config_tells_version_units_and_that_the_house_runs()
    {
        await using var home = await Home.ReadyAsync(house: new HomeAssistantSimulatorOptions { Version = "2026.12.0b3" });

        var config = await home.Client.GetConfigAsync().WaitAsync(Home.Guard);

        Assert.Equal("2026.12.0b3", config.Version);
        Assert.True(config.IsRunning);
        Assert.Contains("light", config.Components);
        Assert.NotEmpty(config.UnitSystem.Temperature);
    }

    [Fact]
    public async Task Services_are_found_with_their_fields()
    {
        await using var home = await Home.ReadyAsync();

        var services = await home.Client.GetServicesAsync().WaitAsync(Home.Guard);

        var turnOn = services.Find("light", "turn_on");
        Assert.NotNull(turnOn);
        Assert.Contains("transition", turnOn.Fields.Keys);
        Assert.NotNull(services.Find("weather", "get_forecasts")?.Response);
        Assert.Null(services.Find("light", "explode"));
    }

    [Fact]
    public async Task Service_call_changes_the_house_and_shares_its_context()
    {
        await using var home = await Home.ReadyAsync();
        home.House.SetState("light.desk", "off", new JsonObject { ["brightness"] = null });

        var result = await home.Client
            .CallServiceAsync("light", "turn_on", new JsonObject { ["brightness"] = 102 }, Target.Entity("light.desk"))
            .WaitAsync(Home.Guard);

        var desk = home.House.GetState("light.desk")!;
        Assert.Equal("on", desk.State);
        Assert.Equal(102, (int)desk.Attributes["brightness"]!);
        Assert.Equal(desk.Context.Id, result.Context.Id);
        Assert.Equal(home.House.Owner.Id, result.Context.UserId);
        Assert.Null(result.Response);
        var sent = Assert.Single(home.SentOf("call_service"));
        Assert.Equal(["id", "type", "domain", "service", "service_data", "target"], sent.Select(member => member.Key));
    }

    [Fact]
    public async Task Service_call_takes_an_anonymous_object_and_leaves_its_nulls_out()
    {
        await using var home = await Home.ReadyAsync();

        await home.Client.CallServiceAsync("light", "turn_on", new { brightness = 51, effect = (string?)null }, Target.Entity("light.bed_light")).WaitAsync(Home.Guard);

        Assert.Equal("""{"brightness":51}""", home.SentOf("call_service")[0]["service_data"]!.ToJsonString());
        Assert.Equal("on", home.House.GetState("light.bed_light")!.State);
    }

    [Fact]
    public async Task Service_call_without_data_names_only_its_target()
    {
        await using var home = await Home.ReadyAsync();
        home.House.SetState("light.desk", "on");

        await home.Client.CallServiceAsync("light", "turn_off", Target.Entity("light.desk")).WaitAsync(Home.Guard);

        Assert.Equal("off", home.House.GetState("light.desk")!.State);
    }

    [Fact]
    public async Task Response_of_a_service_is_given_for_each_entity()
    {
        await using var home = await Home.ReadyAsync();

        var result = await home.Client
            .CallServiceWithResponseAsync("weather", "get_forecasts", new { type = "daily" }, Target.Entity("weather.demo_weather_south"))
            .WaitAsync(Home.Guard);

        Assert.Equal(JsonValueKind.Array, result.Response!.Value.GetProperty("weather.demo_weather_south").GetProperty("forecast").ValueKind);
    }

    [Fact]
    public async Task Service_of_a_test_sees_the_data_and_answers()
    {
        await using var home = await Home.ReadyAsync();
        home.House.AddService("vacuum", "whereabouts", call => Task.FromResult<JsonNode?>(new JsonObject { ["room"] = (string)call.Data["guess"]! }), SimulatedResponse.Only);

        var result = await home.Client.CallServiceWithResponseAsync("vacuum", "whereabouts", new JsonObject { ["guess"] = "hall" }).WaitAsync(Home.Guard);

        Assert.Equal("hall", result.Response!.Value.GetProperty("room").GetString());
    }

    [Fact]
    public async Task Fired_event_is_heard_back_with_its_context()
    {
        await using var home = await Home.ReadyAsync();
        var heard = new Inbox<HassEvent>();
        using var subscription = home.Client.OnEvent("doorbell").Subscribe(heard);

        var context = await home.Client.FireEventAsync("doorbell", new JsonObject { ["who"] = "postman" }).WaitAsync(Home.Guard);

        var fired = await heard.NextAsync();
        Assert.Equal("doorbell", fired.EventType);
        Assert.Equal("postman", fired.Data().GetProperty("who").GetString());
        Assert.Equal(context, fired.Context);
        Assert.Equal("LOCAL", fired.Origin);
        Assert.Equal(home.Clock.GetUtcNow(), fired.TimeFired);
    }

    [Fact]
    public async Task Events_of_any_type_are_heard_through_one_wide_subscription()
    {
        await using var home = await Home.ReadyAsync();
        var heard = new Inbox<HassEvent>();
        using var subscription = home.Client.OnAllEvents().Subscribe(heard);
        Assert.False((await home.NthAsync(1, "subscribe_events")).ContainsKey("event_type"));

        await home.RoundTripAsync();
        home.House.FireEvent("one");
        home.House.FireEvent("two", new JsonObject { ["n"] = 2 });

        Assert.Equal(["one", "two"], (await heard.TakeAsync(2)).Select(fired => fired.EventType));
    }
}
