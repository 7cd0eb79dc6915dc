using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class ServiceTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public ServiceTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Call_is_told_then_its_effect_then_its_result_in_one_context()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"subscribe_events"}""");
        await client.SendAsync(
            """{"id":2,"type":"call_service","domain":"Input_Number","service":"set_value","target":{"entity_id":"input_number.level"},"service_data":{"value":1}}""");

        var told = await client.ReadJsonAsync();
        var effect = await client.ReadJsonAsync();
        var follower = await client.ReadJsonAsync();
        var result = await client.ReadJsonAsync();

        Assert.Equal("sensor.level_doubled", (string?)follower["event"]!["data"]!["entity_id"]);
        Assert.Equal(
            """{"domain":"input_number","service":"set_value","service_data":{"value":1,"entity_id":["input_number.level"]}}""",
            told["event"]!["data"]!.ToJsonString());
        Assert.Equal("1.0", (string?)effect["event"]!["data"]!["new_state"]!["state"]);
        Assert.Equal(2, (int)result["id"]!);
        var context = result["result"]!["context"]!;
        Assert.Equal(_house.Owner.Id, (string?)context["user_id"]);
        Assert.True(JsonNode.DeepEquals(context, told["event"]!["context"]));
        Assert.True(JsonNode.DeepEquals(context, effect["event"]!["context"]));
        Assert.Null(result["result"]!["response"]);
    }

    [Theory]
    [InlineData("light", "turn_off", "light.ceiling_lights", "", "off")]
    [InlineData("light", "toggle", "light.bed_light", "", "on")]
    [InlineData("switch", "toggle", "switch.ac", "", "on")]
    [InlineData("input_boolean", "turn_on", "input_boolean.guest_mode", "", "on")]
    [InlineData("input_number", "increment", "input_number.level", "", "1.0")]
    [InlineData("counter", "increment", "counter.visits", "", "1")]
    [InlineData("cover", "open_cover", "cover.garage_door", "", "open")]
    [InlineData("cover", "set_cover_position", "cover.hall_window", "\"position\":0", "closed")]
    [InlineData("lock", "unlock", "lock.front_door", "", "unlocked")]
    [InlineData("input_select", "select_next", "input_select.mode", "", "away")]
    [InlineData("input_text", "set_value", "input_text.note", "\"value\":\"äöü 🎉 \\u2028\"", "äöü 🎉 \u2028")]
    [InlineData("homeassistant", "toggle", "light.bed_light", "", "on")]
    [InlineData("homeassistant", "turn_off", "light.ceiling_lights", "", "off")]
    [InlineData("climate", "set_hvac_mode", "climate.heatpump", "\"hvac_mode\":\"off\"", "off")]
    [InlineData("script", "greet", "script.greet", "", "off")]
    public async Task Service_changes_its_entity(string domain, string service, string entity, string data, string expected)
    {
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync(
            $$$"""{"id":1,"type":"call_service","domain":"{{{domain}}}","service":"{{{service}}}","service_data":{{{{data}}}},"target":{"entity_id":"{{{entity}}}"}}""");

        Assert.True((bool)answer["success"]!, answer.ToJsonString());
        Assert.Equal(expected, _house.GetState(entity)!.State);
    }

    [Fact]
    public async Task Colours_come_out_as_recorded()
    {
        await using var client = await RawClient.LoginAsync(_house);
        const string Call = """{"id":ID,"type":"call_service","domain":"light","service":"turn_on","target":{"entity_id":"light.bed_light"},"service_data":DATA}""";

        await client.AskAsync(Call.Replace("ID", "1", StringComparison.Ordinal).Replace("DATA", """{"brightness":17,"rgb_color":[255,0,0]}""", StringComparison.Ordinal));
        Assert.Equal("""{"effect":"rainbow","color_mode":"hs","brightness":17,"color_temp_kelvin":null,"hs_color":[0.0,100.0],"rgb_color":[255,0,0],"xy_color":[0.701,0.299]}""", Colour());
        await client.AskAsync(Call.Replace("ID", "2", StringComparison.Ordinal).Replace("DATA", """{"color_temp_kelvin":3000}""", StringComparison.Ordinal));
        Assert.Equal("""{"effect":"rainbow","color_mode":"color_temp","brightness":17,"color_temp_kelvin":3000,"hs_color":[27.825,56.895],"rgb_color":[255,177,110],"xy_color":[0.496,0.383]}""", Colour());
    }

    [Fact]
    public async Task Forecast_is_a_response()
    {
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync(
            """{"id":1,"type":"call_service","domain":"weather","service":"get_forecasts","service_data":{"type":"daily"},"target":{"entity_id":"weather.demo_weather_south"},"return_response":true}""");

        Assert.Equal(7, answer["result"]!["response"]!["weather.demo_weather_south"]!["forecast"]!.AsArray().Count);
    }

    [Fact]
    public async Task Slow_service_is_answered_after_the_commands_behind_it()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.SendAsync("""{"id":1,"type":"call_service","domain":"script","service":"slow"}""");
        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");

        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(1, (int)(await client.ReadJsonAsync())["id"]!);
    }

    [Fact]
    public async Task Service_of_a_test_is_listed_called_and_answers()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"subscribe_events","event_type":"service_registered"}""");
        _house.AddService("my", "ask", call => Task.FromResult<JsonNode?>(new JsonObject { ["echo"] = call.Data["x"]!.DeepClone() }), SimulatedResponse.Optional);
        Assert.Equal("""{"domain":"my","service":"ask"}""", (await client.ReadJsonAsync())["event"]!["data"]!.ToJsonString());

        var answer = await client.AskAsync("""{"id":2,"type":"call_service","domain":"my","service":"ask","service_data":{"x":1.0},"return_response":true}""");
        var services = await client.AskAsync("""{"id":3,"type":"get_services"}""");

        Assert.Equal("""{"echo":1.0}""", answer["result"]!["response"]!.ToJsonString());
        Assert.True((bool)services["result"]!["my"]!["ask"]!["response"]!["optional"]!);
    }

    [Fact]
    public async Task Restart_closes_and_answers_nothing()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.SendAsync("""{"id":1,"type":"call_service","domain":"homeassistant","service":"restart"}""");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task House_is_seeded_from_what_a_real_server_answered()
    {
        await using var client = await RawClient.LoginAsync(_house);

        var states = (await client.AskAsync("""{"id":1,"type":"get_states"}"""))["result"]!.AsArray();
        var config = (await client.AskAsync("""{"id":2,"type":"get_config"}"""))["result"]!;
        var services = (await client.AskAsync("""{"id":3,"type":"get_services"}"""))["result"]!;
        var user = (await client.AskAsync("""{"id":4,"type":"auth/current_user"}"""))["result"]!;

        Assert.Equal(180, states.Count);
        Assert.Equal(("2026.11.0", "RUNNING"), ((string?)config["version"], (string?)config["state"]));
        Assert.NotNull(services["light"]!["turn_on"]!["fields"]!["brightness_pct"]);
        Assert.Equal(["id", "name", "is_owner", "is_admin", "credentials", "mfa_modules"], user.AsObject().Select(p => p.Key));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private string Colour() => new JsonObject(_house.GetState("light.bed_light")!.Attributes
        .Where(p => p.Key is "effect" or "color_mode" or "brightness" or "color_temp_kelvin" or "hs_color" or "rgb_color" or "xy_color")
        .Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))).ToJsonString();
}
