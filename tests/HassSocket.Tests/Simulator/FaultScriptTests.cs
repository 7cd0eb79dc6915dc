using System.Net.WebSockets;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class FaultScriptTests : IAsyncLifetime
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public FaultScriptTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Steps_wait_for_their_moments_in_order()
    {
        var played = _house.Faults.Play(new FaultScript()
            .OnLogin(connection => connection.SendRaw("\"welcome\""))
            .OnCommand("get_config", connection => connection.HoldsServerMessages = true)
            .After(TimeSpan.FromSeconds(3), connection => connection.Close(1011)));
        await using var client = await RawClient.LoginAsync(_house);
        await client.ExpectAsync("\"welcome\"");
        await client.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");

        await client.SendAsync("""{"id":2,"type":"get_config"}""");
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(3));
        Assert.False(played.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(3));

        await played.WaitAsync(Guard);
        Assert.True(_house.Connections[0].HoldsServerMessages);
    }

    [Fact]
    public async Task Command_that_meets_a_drop_is_never_executed_nor_is_what_follows_in_its_array()
    {
        _ = _house.Faults.Play(new FaultScript().OnCommand("call_service", connection => connection.Drop()));
        await using var client = await RawClient.LoginAsync(_house);

        await client.SendAsync("""
            [{"id":1,"type":"ping"},
             {"id":2,"type":"call_service","domain":"light","service":"turn_on","target":{"entity_id":"light.bed_light"}},
             {"id":3,"type":"call_service","domain":"light","service":"turn_on","target":{"entity_id":"light.bed_light"}}]
            """);

        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (await client.ReadAsync() is not null)
            {
            }
        });
        Assert.Equal("off", _house.GetState("light.bed_light")!.State);
    }

    [Fact]
    public async Task Second_connection_is_the_one_that_is_dropped()
    {
        var played = _house.Faults.Play(new FaultScript().OnLogin(_ => { }).OnLogin(connection => connection.Drop()));
        await using var first = await RawClient.LoginAsync(_house);
        await using var second = await RawClient.LoginAsync(_house);

        await Assert.ThrowsAsync<WebSocketException>(second.ReadAsync);
        await first.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");
        await played.WaitAsync(Guard);
    }

    [Fact]
    public async Task Client_of_ours_heals_through_a_script_of_drops()
    {
        await using var house = new HomeAssistantSimulator();
        var played = house.Faults.Play(new FaultScript()
            .OnCommand("get_config", connection => connection.Drop())
            .OnLogin(connection => connection.Reset())
            .OnLogin(_ => { }));
        var options = new HassSocketOptions { BaseUrl = house.BaseUrl.ToString(), Token = house.Token, RetryInterval = TimeSpan.FromMilliseconds(10) };
        await using var hass = new HassSocketClient(options, transportFactory: house.Transports);
        await hass.StartAsync();

        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => hass.GetConfigAsync());

        Assert.Equal(Delivery.Unknown, lost.Delivery);
        await played.WaitAsync(Guard);
        Assert.Equal("RUNNING", (await hass.GetConfigAsync().WaitAsync(Guard)).State);
        house.Sent.Of("get_config").Expect(2);
        house.Sent.On(3).ExpectInOrder("auth", "supported_features", "get_config");
    }

    [Fact]
    public async Task Empty_script_has_been_played_at_once() => await _house.Faults.Play(new FaultScript()).WaitAsync(Guard);

    [Fact]
    public void Script_cannot_begin_with_a_delay()
        => Assert.Contains("OnLogin", Assert.Throws<InvalidOperationException>(() => new FaultScript().After(TimeSpan.Zero, _ => { })).Message, StringComparison.Ordinal);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
