using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class EntitiesTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 8, 20, 9, 14, 3, TimeSpan.Zero));
    private readonly HomeAssistantSimulator _house;

    public EntitiesTests()
        => _house = new HomeAssistantSimulator(new() { TimeProvider = _time, StartsEmpty = true, Random = new Random(1) });

    [Fact]
    public async Task Empty_house_begins_with_an_empty_snapshot()
    {
        await using var client = await SubscribeAsync();
        await client.ExpectAsync("""{"id":1,"type":"event","event":{"a":{}}}""");
    }

    [Fact]
    public async Task Times_are_written_as_the_real_server_does()
    {
        _house.SetState("sensor.a", "1");
        var context = _house.GetState("sensor.a")!.Context.Id;
        _time.Advance(TimeSpan.FromMicroseconds(120933));
        _house.SetState("sensor.a", "1");
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(
            """{"id":1,"type":"get_states"}""",
            "{\"id\":1,\"type\":\"result\",\"success\":true,\"result\":[{\"entity_id\":\"sensor.a\",\"state\":\"1\",\"attributes\":{}," +
            "\"last_changed\":\"2026-08-20T09:14:03+00:00\",\"last_reported\":\"2026-08-20T09:14:03.120933+00:00\"," +
            $"\"last_updated\":\"2026-08-20T09:14:03+00:00\",\"context\":{{\"id\":\"{context}\",\"parent_id\":null,\"user_id\":null}}}}]}}");
        Assert.Equal(26, context.Length);
    }

    [Fact]
    public async Task Every_kind_of_difference_is_written_like_the_recorded_ones()
    {
        await using var client = await SubscribeAsync();
        await client.ReadAsync();

        _house.SetState("light.a", "off", new JsonObject { ["x"] = 1, ["friendly_name"] = "Ä 🎉" });
        var added = (await client.ReadJsonAsync())["event"]!["a"]!["light.a"]!;
        _time.Advance(TimeSpan.FromSeconds(1.5));
        _house.SetState("light.a", "on");
        await client.ExpectAsync($$$$$"""{"type":"event","event":{"c":{"light.a":{"+":{"s":"on","lc":1787217244.5,"c":"{{{{{Context}}}}}"}}}},"id":1}""");
        _time.Advance(TimeSpan.FromSeconds(1));
        _house.SetState("light.a", "on", new JsonObject { ["friendly_name"] = "Ä 🎉", ["y"] = null });
        await client.ExpectAsync($$$$$"""{"type":"event","event":{"c":{"light.a":{"+":{"lu":1787217245.5,"c":"{{{{{Context}}}}}","a":{"y":null}},"-":{"a":["x"]}}}},"id":1}""");
        _house.SetState("light.a", "on");
        _house.RemoveEntity("light.a");
        await client.ExpectAsync("""{"type":"event","event":{"r":["light.a"]},"id":1}""");

        Assert.Equal("""{"s":"off","a":{"x":1,"friendly_name":"Ä 🎉"},"c":"CTX","lc":1787217243.0}""".Replace("CTX", (string)added["c"]!, StringComparison.Ordinal), Raw(added));
    }

    [Fact]
    public async Task User_comes_into_the_context_and_goes_from_it_by_name()
    {
        _house.SetState("switch.a", "off");
        await using var client = await SubscribeAsync();
        await client.ReadAsync();

        await client.SendAsync("""{"id":2,"type":"call_service","domain":"switch","service":"turn_on","target":{"entity_id":"switch.a"}}""");
        var byUser = (await client.ReadJsonAsync())["event"]!["c"]!["switch.a"]!["+"]!["c"]!.AsObject();
        await client.ReadAsync();
        _house.SetState("switch.a", "off");
        var byHouse = (await client.ReadJsonAsync())["event"]!["c"]!["switch.a"]!["+"]!["c"]!.AsObject();

        Assert.Equal(["user_id", "id"], byUser.Select(p => p.Key));
        Assert.Equal(_house.Owner.Id, (string?)byUser["user_id"]);
        Assert.Equal(["user_id", "id"], byHouse.Select(p => p.Key));
        Assert.Null(byHouse["user_id"]);
    }

    [Theory]
    [InlineData("\"entity_ids\":[\"light.a\"]", "light.a")]
    [InlineData("\"entity_ids\":\"light.a,switch.b\"", "light.a,switch.b")]
    [InlineData("\"entity_ids\":[]", "light.a,switch.b,sensor.c_1")]
    [InlineData("\"include\":{\"domains\":[\"light\"],\"entity_globs\":[\"sensor.*_1\"]}", "light.a,sensor.c_1")]
    [InlineData("\"exclude\":{\"entities\":[\"switch.b\"]}", "light.a,sensor.c_1")]
    [InlineData("\"include\":{\"domains\":[\"light\"]},\"entity_ids\":[\"switch.b\"]", "")]
    public async Task Filters_must_all_agree(string filter, string expected)
    {
        foreach (var id in (string[])["light.a", "switch.b", "sensor.c_1"]) _house.SetState(id, "1");
        await using var client = await RawClient.LoginAsync(_house);

        await client.AskAsync($$"""{"id":1,"type":"subscribe_entities",{{filter}}}""");

        var snapshot = (await client.ReadJsonAsync())["event"]!["a"]!.AsObject();
        Assert.Equal(expected, string.Join(",", snapshot.Select(p => p.Key)));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private string Context => _house.GetState("light.a")!.Context.Id;

    private async Task<RawClient> SubscribeAsync()
    {
        var client = await RawClient.LoginAsync(_house);
        await client.AsksAsync("""{"id":1,"type":"subscribe_entities"}""", """{"id":1,"type":"result","success":true,"result":null}""");
        return client;
    }

    private static string Raw(JsonNode node) => System.Text.Encoding.UTF8.GetString(HassSocket.Testing.Simulator.JsonBytes.Write(writer => node.WriteTo(writer)));
}
