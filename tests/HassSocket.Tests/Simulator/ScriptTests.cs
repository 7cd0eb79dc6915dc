using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class ScriptTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public ScriptTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Theory]
    [InlineData("""[{"variables":{"x":"{{ a + 1 }}"}},{"stop":"","response_variable":"x"}]""", "3")]
    [InlineData("""[{"if":"{{ a == 2 }}","then":[{"variables":{"x":"yes"}}],"else":[{"variables":{"x":"no"}}]},{"stop":"","response_variable":"x"}]""", "\"yes\"")]
    [InlineData("""[{"choose":[{"conditions":"{{ a == 1 }}","sequence":[{"variables":{"x":1}}]}],"default":[{"variables":{"x":0}}]},{"stop":"","response_variable":"x"}]""", "0")]
    [InlineData("""[{"variables":{"x":0}},{"repeat":{"count":3,"sequence":[{"variables":{"x":"{{ x + repeat.index }}"}}]}},{"stop":"","response_variable":"x"}]""", "6")]
    [InlineData("""[{"condition":"template","value_template":"{{ a == 1 }}"},{"stop":"","response_variable":"a"}]""", "null")]
    [InlineData("""[{"condition":"state","entity_id":"light.bed_light","state":"off"},{"stop":"","response_variable":"a"}]""", "2")]
    [InlineData("""{"sequence":[{"stop":"","response_variable":"a"}]}""", "2")]
    public async Task Script_gives_what_its_steps_come_to(string sequence, string expected)
    {
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync($$$"""{"id":1,"type":"execute_script","sequence":{{{sequence}}},"variables":{"a":2}}""");

        Assert.Equal(expected, answer["result"]!["response"]?.ToJsonString() ?? "null");
    }

    [Fact]
    public async Task Service_of_a_script_acts_in_the_context_of_the_script()
    {
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync(
            """{"id":1,"type":"execute_script","sequence":[{"action":"light.turn_on","target":{"entity_id":"light.bed_light"},"data":{"brightness":"{{ 40 + 2 }}"}}]}""");

        var light = _house.GetState("light.bed_light")!;
        Assert.Equal(("on", "42"), (light.State, light.Attributes["brightness"]!.ToJsonString()));
        Assert.Equal(light.Context.Id, (string?)answer["result"]!["context"]!["id"]);
    }

    [Fact]
    public async Task Service_that_a_test_added_answers_into_a_variable()
    {
        _house.AddService("test", "echo", async call =>
        {
            await Task.Yield();
            return new JsonObject { ["heard"] = call.Data["say"]?.DeepClone() };
        }, SimulatedResponse.Only);
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync(
            """{"id":1,"type":"execute_script","sequence":[{"action":"test.echo","data":{"say":"hi"},"response_variable":"r"},{"stop":"","response_variable":"r"}]}""");

        Assert.Equal("hi", (string?)answer["result"]!["response"]!["heard"]);
    }

    [Fact]
    public async Task Delay_ends_by_the_clock_of_the_house()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.SendAsync("""{"id":1,"type":"execute_script","sequence":[{"delay":"00:01:00"}]}""");
        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, (int)(await client.ReadJsonAsync())["id"]!);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
