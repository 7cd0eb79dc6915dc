using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class ConditionTests : IAsyncLifetime
{
    private const string On = """{"condition":"state","entity_id":"light.a","state":"on"}""";
    private const string Off = """{"condition":"state","entity_id":"light.a","state":"off"}""";
    private const string Nobody = """{"condition":"state","entity_id":"light.nobody","state":"on"}""";

    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public ConditionTests()
    {
        _house = new HomeAssistantSimulator(new() { TimeProvider = _time });
        _house.SetState("light.a", "on", new() { ["brightness"] = 10 });
    }

    [Theory]
    [InlineData(On, true)]
    [InlineData(Off, false)]
    [InlineData("""{"condition":"state","entity_id":"light.a","state":["off","on"]}""", true)]
    [InlineData("""{"condition":"state","entity_id":"light.a","attribute":"brightness","state":"10"}""", true)]
    [InlineData("""{"condition":"state","entity_id":"light.a","state":"on","for":{"minutes":2}}""", false)]
    [InlineData("""{"condition":"state","entity_id":"light.a","state":"on","for":"00:00:30"}""", true)]
    [InlineData("""{"condition":"numeric_state","entity_id":"light.a","attribute":"brightness","above":9,"below":11}""", true)]
    [InlineData("""{"condition":"numeric_state","entity_id":"light.a","attribute":"brightness","above":10}""", false)]
    [InlineData("\"{{ is_state('light.a', 'on') }}\"", true)]
    [InlineData($$"""{"condition":"or","conditions":[{{Off}},{{On}}]}""", true)]
    [InlineData($$"""{"condition":"and","conditions":[{{On}},{{Off}}]}""", false)]
    [InlineData($$"""{"not":[{{Off}}]}""", true)]
    [InlineData($$"""{"or":[{{Nobody}},{{On}}]}""", true)]
    [InlineData($"[{On},{On}]", true)]
    public async Task Condition_is_told(string condition, bool expected)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync($$"""{"id":1,"type":"test_condition","condition":{{condition}}}""");

        Assert.Equal(expected, (bool)answer["result"]!["result"]!);
    }

    [Theory]
    [InlineData($$"""{"and":[{{On}},{{Nobody}}]}""", "In 'and' (item 2 of 2):\n  In 'state':\n    In 'state' condition: unknown entity light.nobody")]
    [InlineData("""{"condition":"numeric_state","entity_id":"light.a","above":1}""", "In 'numeric_state':\n  In 'numeric_state' condition: entity light.a state 'on' cannot be processed as a number")]
    public async Task Condition_that_cannot_be_told_says_where(string condition, string expected)
    {
        await using var client = await RawClient.LoginAsync(_house);

        var answer = await client.AskAsync($$"""{"id":1,"type":"test_condition","condition":{{condition}}}""");

        Assert.Equal(("home_assistant_error", expected), ((string?)answer["error"]!["code"], (string?)answer["error"]!["message"]));
    }

    [Fact]
    public async Task Followed_condition_tells_when_it_cannot_be_told_any_more()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync($$"""{"id":1,"type":"subscribe_condition","condition":{{On}}}""");
        await client.ExpectAsync("""{"id":1,"type":"event","event":{"result":true}}""");

        _house.RemoveEntity("light.a");

        await client.ExpectAsync("""{"id":1,"type":"event","event":{"error":"In 'state':\n  In 'state' condition: unknown entity light.a"}}""");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
