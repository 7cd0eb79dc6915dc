using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class LimitTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public LimitTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time, StartsEmpty = true });

    [Theory]
    [InlineData("subscribe_entities")]
    [InlineData("subscribe_events")]
    public async Task Burst_of_4000_changes_reaches_everybody(string type)
    {
        await using var plain = await SubscribeAsync(type);
        await using var coalescing = await SubscribeAsync(type, coalesces: true);

        Burst(4000);

        Assert.Equal(4000, await CountAsync(plain));
        Assert.Equal(4000, await CountAsync(coalescing));
    }

    [Theory]
    [InlineData("subscribe_entities")]
    [InlineData("subscribe_events")]
    public async Task Burst_of_4200_changes_costs_the_connection_and_delivers_nothing(string type)
    {
        await using var plain = await SubscribeAsync(type);
        await using var coalescing = await SubscribeAsync(type, coalesces: true);
        await using var narrow = await RawClient.LoginAsync(_house);
        await narrow.AskAsync("""{"id":1,"type":"subscribe_entities","entity_ids":["sensor.s1"]}""");
        await narrow.ReadAsync();

        Burst(4200);

        await plain.ExpectClosedAsync();
        await coalescing.ExpectClosedAsync();
        Assert.Equal([true, true, false], _house.Connections.Select(c => c.WasThrownOut));
        Assert.Equal("sensor.s1", (await narrow.ReadJsonAsync())["event"]!["a"]!.AsObject().Single().Key);
    }

    [Fact]
    public async Task Two_wide_subscriptions_die_at_half_the_burst()
    {
        await using var client = await SubscribeAsync("subscribe_entities");
        await client.AskAsync("""{"id":9,"type":"subscribe_events","event_type":"state_changed"}""");

        Burst(2100);

        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(4000, true)]
    [InlineData(5000, false)]
    public async Task Answers_count_as_well(int commands, bool survives)
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.SendAsync("[" + string.Join(',', Enumerable.Range(1, commands).Select(id => $$"""{"id":{{id}},"type":"ping"}""")) + "]");

        if (survives) for (var i = 0; i < commands; i++) Assert.Contains("pong", await client.ReadAsync(), StringComparison.Ordinal);
        else await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Queue_that_stays_above_its_peak_for_ten_seconds_costs_the_connection()
    {
        await using var client = await SubscribeAsync("subscribe_entities");
        var connection = _house.Connections[0];
        connection.HoldsServerMessages = true;
        Burst(1100);

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(connection.WasThrownOut);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(connection.WasThrownOut);
        connection.HoldsServerMessages = false;
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Queue_that_was_read_in_time_costs_nothing()
    {
        await using var client = await SubscribeAsync("subscribe_entities");
        _house.Connections[0].HoldsServerMessages = true;
        Burst(1100);
        _time.Advance(TimeSpan.FromSeconds(9));
        _house.Connections[0].HoldsServerMessages = false;
        _time.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal(1100, await CountAsync(client, 1100));
        Assert.True(_house.Connections[0].IsOpen);
    }

    [Fact]
    public async Task Client_that_does_not_read_is_closed_after_what_the_line_had_taken()
    {
        await using var client = await SubscribeAsync("subscribe_events");
        for (var i = 0; i < 6000; i++) _house.FireEvent("probe", new() { ["text"] = new string('x', 20_000) });

        Assert.True(_house.Connections[0].WasThrownOut);
        var count = 0;
        while (await client.ReadAsync() is not null) count++;
        Assert.InRange(count, 100, 1000);
        Assert.Equal(1000, client.Transport.CloseCode);
    }

    [Theory]
    [InlineData(4_100_077, false)]
    [InlineData(4_194_304, true)]
    public async Task Message_of_four_mebibytes_is_too_big(int length, bool isTooBig)
    {
        await using var client = await RawClient.LoginAsync(_house);
        var frame = """{"id":1,"type":"fire_event","event_type":"big","event_data":{"t":"#"}}""";

        await client.SendAsync(frame.Replace("#", new string('x', length - frame.Length + 1), StringComparison.Ordinal));

        if (isTooBig) await client.ExpectClosedAsync(1009);
        else Assert.True((bool)(await client.ReadJsonAsync())["success"]!);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private void Burst(int changes) => _house.AtOnce(() =>
    {
        for (var i = 0; i < changes; i++) _house.SetState($"sensor.s{i}", "1");
    });

    private async Task<RawClient> SubscribeAsync(string type, bool coalesces = false)
    {
        var client = await RawClient.LoginAsync(_house);
        if (coalesces) await client.AskAsync("""{"id":1,"type":"supported_features","features":{"coalesce_messages":1}}""");
        await client.AskAsync($$"""{"id":2,"type":"{{type}}"}""");
        if (type == "subscribe_entities" && !coalesces) await client.ReadAsync();
        return client;
    }

    private static async Task<int> CountAsync(RawClient client, int wanted = 4000)
    {
        var count = 0;
        while (count < wanted)
        {
            var message = await client.ReadJsonAsync();
            count += message is System.Text.Json.Nodes.JsonArray array ? array.Count : 1;
        }

        return count;
    }
}
