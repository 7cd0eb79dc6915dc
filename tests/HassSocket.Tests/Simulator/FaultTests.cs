using System.Net;
using System.Net.WebSockets;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class FaultTests : IAsyncLifetime
{
    private const string Ping = """{"id":1,"type":"ping"}""";
    private const string Pong = """{"id":1,"type":"pong"}""";

    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public FaultTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time, StartsEmpty = true });

    [Fact]
    public async Task Dropped_line_has_no_close_frame()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.DropAll();

        await Assert.ThrowsAsync<WebSocketException>(client.ReadAsync);
        Assert.Null(client.Transport.CloseCode);
        await _house.Connections[0].Gone.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Close_has_its_code()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.CloseAll(1011);
        await client.ExpectClosedAsync(1011);
    }

    [Fact]
    public async Task Closing_everything_leaves_alone_what_is_gone_already()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.DropAll();
        await _house.Connections[0].Gone.WaitAsync(TimeSpan.FromSeconds(10));
        var timers = _time.ActiveTimers;

        _house.Faults.CloseAll(1012);

        Assert.Equal(timers, _time.ActiveTimers);
    }

    [Fact]
    public async Task Black_hole_swallows_both_ways_until_it_is_lifted()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.BlackHole = true;
        await client.SendAsync(Ping);
        var reading = client.ReadAsync();

        Assert.False(reading.IsCompleted);
        Assert.Single(_house.Received);
        _house.Faults.BlackHole = false;

        Assert.Equal(Pong, await reading);
    }

    [Fact]
    public async Task Refused_connections_and_upgrades_say_why()
    {
        _house.Faults.RefuseConnections = true;
        var refused = await Assert.ThrowsAsync<NotConnectedException>(() => RawClient.DialAsync(_house));
        _house.Faults.RefuseConnections = false;
        _house.Faults.UpgradeStatus = HttpStatusCode.Forbidden;
        var forbidden = await Assert.ThrowsAsync<NotConnectedException>(() => RawClient.DialAsync(_house));

        Assert.Equal(EndReason.Refused, refused.Reason);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.HttpStatus);
        Assert.Empty(_house.Connections);
    }

    [Fact]
    public async Task Garbage_goes_out_as_it_is()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.SendRaw("{half");
        await client.ExpectAsync("{half");
    }

    [Fact]
    public async Task Answers_can_be_kept_and_delayed()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Faults.NeverAnswer("ping");
        _house.Faults.DelayAnswers("get_states", TimeSpan.FromSeconds(3));
        await client.SendAsync(Ping);
        await client.SendAsync("""{"id":2,"type":"get_states"}""");
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(3));

        _time.Advance(TimeSpan.FromSeconds(3));

        await client.ExpectAsync("""{"id":2,"type":"result","success":true,"result":[]}""");
        _house.Faults.AnswerAgain("ping");
        await client.AsksAsync("""{"id":3,"type":"ping"}""", """{"id":3,"type":"pong"}""");
    }

    [Fact]
    public async Task Log_keeps_what_each_connection_sent()
    {
        await using var first = await RawClient.LoginAsync(_house);
        await using var second = await RawClient.LoginAsync(_house, _house.Guest);
        await second.SendAsync(Ping);

        var ping = await _house.WaitForCommandAsync("ping");

        Assert.Equal((2, Ping, _time.GetUtcNow()), (ping.Connection, ping.Text, ping.At));
        Assert.Single(_house.Connections[0].Received);
        Assert.Equal("Guest", _house.Connections[1].User!.Name);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
