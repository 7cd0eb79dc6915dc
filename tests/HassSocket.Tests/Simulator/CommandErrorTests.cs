using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class CommandErrorTests : IAsyncLifetime
{
    private readonly HomeAssistantSimulator _house = new();

    [Theory]
    [InlineData("\"type\":\"ping\",\"extra\":1", "invalid_format", "extra keys not allowed. Got {'id': 1, 'type': 'ping', 'extra': 1}")]
    [InlineData("\"type\":\"get_states\",\"entity_id\":\"light.bed_light\"", "invalid_format", "extra keys not allowed. Got {'id': 1, 'type': 'get_states', 'entity_id': 'light.bed_light'}")]
    [InlineData("\"type\":\"subscribe_events\",\"event_type\":5", "invalid_format", "expected str at 'event_type'. Got 5")]
    [InlineData("\"type\":\"subscribe_events\",\"event_types\":\"x\"", "invalid_format", "not a valid option, did you mean 'event_type'? at 'event_types'. Got 'x'")]
    [InlineData("\"type\":\"unsubscribe_events\",\"subscription\":4711", "not_found", "Subscription not found.")]
    [InlineData("\"type\":\"unsubscribe_events\"", "invalid_format", "required key not provided at 'subscription'. Got None")]
    [InlineData("\"type\":\"call_service\",\"domain\":\"light\"", "invalid_format", "required key not provided at 'service'. Got None")]
    [InlineData("\"type\":\"call_service\",\"domain\":\"light\",\"service\":\"turn_on\",\"service_data\":{\"brightness\":\"very\"},\"target\":{\"entity_id\":\"light.bed_light\"}", "invalid_format", "expected int at 'brightness'")]
    [InlineData("\"type\":\"call_service\",\"domain\":\"light\",\"service\":\"turn_on\",\"service_data\":{\"brightness\":10,\"no_such_field\":1},\"target\":{\"entity_id\":\"light.bed_light\"}", "invalid_format", "not a valid option at 'no_such_field'")]
    [InlineData("\"type\":\"call_service\",\"domain\":\"light\",\"service\":\"turn_on\",\"target\":{\"entity_id\":\"not an entity id\"}", "invalid_format", "expected 'all' or 'none' at 'target.entity_id'. Got 'not an entity id'")]
    [InlineData("\"type\":\"call_service\",\"domain\":\"light\",\"service\":\"turn_on\",\"target\":{\"wrong\":\"x\"}", "invalid_format", "not a valid option at 'target.wrong'. Got 'x'")]
    [InlineData("\"type\":\"call_service\",\"domain\":\"light\",\"service\":\"turn_on\"", "invalid_format", "at least one of ['entity_id', 'device_id', 'area_id', 'floor_id', 'label_id'] is required")]
    [InlineData("\"type\":\"call_service\",\"domain\":\"input_number\",\"service\":\"set_value\",\"service_data\":{\"value\":-5},\"target\":{\"entity_id\":\"input_number.level\"}", "invalid_format", "Invalid value for input_number.level: -5.0 (range 0.0 - 1000000.0)")]
    [InlineData("\"type\":\"call_service\",\"domain\":\"light\",\"service\":\"turn_on\",\"target\":null", "invalid_format", "expected a mapping at 'target'. Got None")]
    [InlineData("\"type\":\"call_service\",\"domain\":\"weather\",\"service\":\"get_forecasts\",\"service_data\":{\"type\":\"daily\"},\"target\":{\"entity_id\":\"weather.demo_weather_south\"},\"return_response\":\"yes\"", "invalid_format", "expected bool at 'return_response'. Got 'yes'")]
    [InlineData("\"type\":\"fire_event\"", "invalid_format", "required key not provided at 'event_type'. Got None")]
    [InlineData("\"type\":\"supported_features\",\"features\":{\"coalesce_messages\":\"1\"}", "invalid_format", "expected int at 'features.coalesce_messages'. Got '1'")]
    [InlineData("\"type\":\"supported_features\"", "invalid_format", "required key not provided at 'features'. Got None")]
    [InlineData("\"type\":\"subscribe_trigger\",\"trigger\":{\"platform\":\"nonsense\"}", "invalid_format", "Invalid trigger 'nonsense' specified")]
    [InlineData("\"type\":\"subscribe_trigger\",\"trigger\":{\"trigger\":\"state\"}", "invalid_format", "required key not provided at 'entity_id'")]
    [InlineData("\"type\":\"subscribe_trigger\"", "invalid_format", "required key not provided at 'trigger'. Got None")]
    [InlineData("\"type\":\"subscribe_events\",\"event_type\":\"state_reported\"", "home_assistant_error", "Event filter is required for event state_reported")]
    public async Task Wrong_command_is_refused_in_the_recorded_words(string command, string code, string message)
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(
            $"{{\"id\":1,{command}}}",
            $"{{\"id\":1,\"type\":\"result\",\"success\":false,\"error\":{{\"code\":\"{code}\",\"message\":\"{message}\"}}}}");
    }

    [Theory]
    [InlineData("light", "no_such_service")]
    [InlineData("no_such_domain", "turn_on")]
    public async Task Unknown_service_is_not_found_with_its_translation(string domain, string service)
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(
            $$"""{"id":8,"type":"call_service","domain":"{{domain}}","service":"{{service}}"}""",
            $$$"""{"id":8,"type":"result","success":false,"error":{"code":"not_found","message":"Service {{{domain}}}.{{{service}}} not found.","translation_key":"service_not_found","translation_placeholders":{"domain":"{{{domain}}}","service":"{{{service}}}"},"translation_domain":"homeassistant"}}""");
    }

    [Fact]
    public async Task Response_mode_of_a_service_is_enforced()
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(
            """{"id":22,"type":"call_service","domain":"light","service":"turn_on","target":{"entity_id":"light.bed_light"},"return_response":true}""",
            """{"id":22,"type":"result","success":false,"error":{"code":"service_validation_error","message":"Validation error: An action which does not return responses can't be called with return_response=True","translation_key":"service_does_not_support_response","translation_placeholders":{"return_response":"return_response=True"},"translation_domain":"homeassistant"}}""");
        await client.AsksAsync(
            """{"id":23,"type":"call_service","domain":"weather","service":"get_forecasts","service_data":{"type":"daily"},"target":{"entity_id":"weather.demo_weather_south"}}""",
            """{"id":23,"type":"result","success":false,"error":{"code":"service_validation_error","message":"Validation error: The action requires responses and must be called with return_response=True","translation_key":"service_lacks_response_request","translation_placeholders":{"return_response":"return_response=True"},"translation_domain":"homeassistant"}}""");
    }

    [Fact]
    public async Task Option_that_does_not_exist_is_a_validation_error()
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(
            """{"id":20,"type":"call_service","domain":"input_select","service":"select_option","service_data":{"option":"nowhere"},"target":{"entity_id":"input_select.mode"}}""",
            """{"id":20,"type":"result","success":false,"error":{"code":"service_validation_error","message":"Validation error: Option nowhere is not valid for input_select.mode. Valid options are: home, away, night","translation_key":"invalid_option","translation_placeholders":{"entity_id":"input_select.mode","option":"nowhere","options":"home, away, night"},"translation_domain":"input_select"}}""");
    }

    [Fact]
    public async Task Service_of_a_test_can_refuse_and_fail()
    {
        _house.AddService("my", "refuse", _ => throw new SimulatedErrorException("home_assistant_error", "no"));
        _house.AddService("my", "fail", _ => throw new InvalidOperationException("oops"));
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(
            """{"id":1,"type":"call_service","domain":"my","service":"refuse"}""",
            """{"id":1,"type":"result","success":false,"error":{"code":"home_assistant_error","message":"no"}}""");
        await client.AsksAsync(
            """{"id":2,"type":"call_service","domain":"my","service":"fail"}""",
            """{"id":2,"type":"result","success":false,"error":{"code":"unknown_error","message":"oops"}}""");
    }

    [Theory]
    [InlineData("\"type\":\"subscribe_events\"")]
    [InlineData("\"type\":\"subscribe_events\",\"event_type\":\"call_service\"")]
    [InlineData("\"type\":\"fire_event\",\"event_type\":\"probe\"")]
    [InlineData("\"type\":\"subscribe_trigger\",\"trigger\":{\"platform\":\"state\",\"entity_id\":\"light.bed_light\"}")]
    public async Task Ordinary_user_is_refused_what_needs_an_administrator(string command)
    {
        await using var client = await RawClient.LoginAsync(_house, _house.Guest);
        await client.AsksAsync(
            $"{{\"id\":1,{command}}}",
            """{"id":1,"type":"result","success":false,"error":{"code":"unauthorized","message":"Unauthorized"}}""");
    }

    [Fact]
    public async Task Read_only_user_is_refused_inside_the_service()
    {
        await using var client = await RawClient.LoginAsync(_house, _house.Viewer);
        var answer = await client.AskAsync(
            """{"id":1,"type":"call_service","domain":"light","service":"toggle","target":{"entity_id":"light.bed_light"}}""");
        Assert.Equal("home_assistant_error", (string?)answer["error"]!["code"]);
        Assert.Equal("Unauthorized", (string?)answer["error"]!["message"]);
    }

    [Fact]
    public async Task Command_of_a_test_answers_and_can_be_forgotten()
    {
        _house.OnCommand("my/command", command => Task.FromResult<JsonNode?>(new JsonObject { ["you"] = command.User.Name }));
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync("""{"id":1,"type":"my/command","any":"thing"}""", """{"id":1,"type":"result","success":true,"result":{"you":"Owner"}}""");
        _house.ForgetCommand("my/command");
        Assert.Equal("unknown_command", (string?)(await client.AskAsync("""{"id":2,"type":"my/command"}"""))["error"]!["code"]);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
