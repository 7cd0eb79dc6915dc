using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

/// <summary>Things that users make themselves, as the recorded server answers about them.</summary>
public sealed class CollectionTests : IAsyncLifetime
{
    private readonly HomeAssistantSimulator _house = new(new HomeAssistantSimulatorOptions { StartsEmpty = true });

    [Fact]
    public async Task Subscriber_hears_what_is_there_and_each_change_before_its_answer()
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync("""{"id":1,"type":"input_boolean/subscribe"}""", """{"id":1,"type":"result","success":true,"result":null}""");
        await client.ExpectAsync("""{"id":1,"type":"event","event":[]}""");
        await client.AsksAsync(
            """{"id":2,"type":"input_boolean/create","name":"Probe","initial":true,"icon":"mdi:home"}""",
            """{"id":1,"type":"event","event":[{"change_type":"added","input_boolean_id":"probe","item":{"id":"probe","name":"Probe","initial":true,"icon":"mdi:home"}}]}""");
        await client.ExpectAsync("""{"id":2,"type":"result","success":true,"result":{"id":"probe","name":"Probe","initial":true,"icon":"mdi:home"}}""");
        await client.AsksAsync(
            """{"id":3,"type":"input_boolean/delete","input_boolean_id":"probe"}""",
            """{"id":1,"type":"event","event":[{"change_type":"removed","input_boolean_id":"probe","item":{"id":"probe","name":"Probe","initial":true,"icon":"mdi:home"}}]}""");
        await client.ExpectAsync("""{"id":3,"type":"result","success":true,"result":null}""");
    }

    [Fact]
    public async Task Item_has_an_entity_that_services_work_on_and_that_goes_with_it()
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AskAsync("""{"id":1,"type":"input_boolean/create","name":"Passing guest","icon":"mdi:account"}""");
        await client.AskAsync("""{"id":2,"type":"call_service","domain":"input_boolean","service":"turn_on","target":{"entity_id":"input_boolean.passing_guest"}}""");
        var on = _house.GetState("input_boolean.passing_guest")!;
        await client.AskAsync("""{"id":3,"type":"input_boolean/update","input_boolean_id":"passing_guest","name":"Renamed guest"}""");
        var renamed = _house.GetState("input_boolean.passing_guest")!;
        await client.AskAsync("""{"id":4,"type":"config/entity_registry/update","entity_id":"input_boolean.passing_guest","new_entity_id":"input_boolean.moved_guest"}""");
        Assert.Null(_house.GetState("input_boolean.passing_guest"));
        Assert.NotNull(_house.GetState("input_boolean.moved_guest"));
        await client.AskAsync("""{"id":5,"type":"input_boolean/delete","input_boolean_id":"passing_guest"}""");

        Assert.Equal(("on", """{"editable":true,"icon":"mdi:account","friendly_name":"Passing guest"}"""), (on.State, on.Attributes.ToJsonString()));
        Assert.Equal(("on", """{"editable":true,"friendly_name":"Renamed guest"}"""), (renamed.State, renamed.Attributes.ToJsonString()));
        Assert.Empty(_house.States);
    }

    [Theory]
    [InlineData("""{"type":"input_number/create","name":"Probe","min":0,"max":10,"unit_of_measurement":"W"}""", """{"id":"probe","name":"Probe","min":0.0,"max":10.0,"unit_of_measurement":"W","step":1.0,"mode":"slider"}""")]
    [InlineData("""{"type":"input_text/create","name":"Probe","max":20}""", """{"id":"probe","name":"Probe","max":20,"min":0,"mode":"text"}""")]
    [InlineData("""{"type":"input_select/create","name":"Probe","options":["a","b"]}""", """{"id":"probe","name":"Probe","options":["a","b"]}""")]
    [InlineData("""{"type":"counter/create","name":"Probe","initial":1}""", """{"id":"probe","name":"Probe","initial":1,"maximum":null,"minimum":null,"restore":true,"step":1}""")]
    [InlineData("""{"type":"zone/create","name":"Probe","latitude":1.0,"longitude":2.0}""", """{"id":"probe","name":"Probe","latitude":1.0,"longitude":2.0,"radius":100.0,"passive":false}""")]
    [InlineData("""{"type":"tag/create","name":"Probe","tag_id":"probe-tag","description":"d"}""", """{"id":"probe-tag","name":"Probe","description":"d"}""")]
    public async Task New_item_has_what_was_given_and_the_defaults_of_its_kind(string command, string item)
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(command.Insert(1, "\"id\":1,"), $$"""{"id":1,"type":"result","success":true,"result":{{item}}}""");
    }

    [Fact]
    public async Task Update_falls_back_to_the_defaults_but_a_zone_keeps_the_rest()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"input_number/create","name":"Probe","min":0,"max":10,"unit_of_measurement":"W"}""");
        await client.AskAsync("""{"id":2,"type":"zone/create","name":"Probe","latitude":1.0,"longitude":2.0}""");

        await client.AsksAsync(
            """{"id":3,"type":"input_number/update","input_number_id":"probe","name":"Probe","min":0,"max":5}""",
            """{"id":3,"type":"result","success":true,"result":{"id":"probe","name":"Probe","min":0.0,"max":5.0,"step":1.0,"mode":"slider"}}""");
        await client.AsksAsync(
            """{"id":4,"type":"zone/update","zone_id":"probe","radius":50}""",
            """{"id":4,"type":"result","success":true,"result":{"id":"probe","name":"Probe","latitude":1.0,"longitude":2.0,"radius":50.0,"passive":false}}""");
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_answered_twice()
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(
            """{"id":1,"type":"counter/delete","counter_id":"nobody"}""",
            """{"id":1,"type":"result","success":false,"error":{"code":"not_found","message":"Unable to find counter_id nobody"}}""");
        await client.ExpectAsync("""{"id":1,"type":"result","success":true,"result":null}""");
        await client.AsksAsync(
            """{"id":2,"type":"counter/update","counter_id":"nobody","name":"Probe"}""",
            """{"id":2,"type":"result","success":false,"error":{"code":"not_found","message":"Unable to find counter_id nobody"}}""");
    }

    [Fact]
    public async Task Only_administrators_change_things_and_everybody_may_look()
    {
        await using var guest = await RawClient.LoginAsync(_house, _house.Guest);

        await guest.AsksAsync(
            """{"id":1,"type":"input_boolean/create","name":"Probe"}""",
            """{"id":1,"type":"result","success":false,"error":{"code":"unauthorized","message":"Unauthorized"}}""");
        await guest.AsksAsync("""{"id":2,"type":"input_boolean/list"}""", """{"id":2,"type":"result","success":true,"result":[]}""");
        var area = await guest.AskAsync("""{"id":3,"type":"config/area_registry/create","name":"Probe"}""");
        Assert.Equal("unauthorized", (string?)area["error"]!["code"]);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
