using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class HeartbeatTests : IAsyncLifetime
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(55);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(27.5);

    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public HeartbeatTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Client_in_memory_answers_and_stays()
    {
        await using var client = await RawClient.LoginAsync(_house);

        _time.Advance(TimeSpan.FromHours(1));

        await client.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");
    }

    [Fact]
    public async Task Client_behind_a_dead_line_is_dropped_without_a_close_frame()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Connections[0].HoldsServerMessages = true;

        _time.Advance(Silence + Patience - TimeSpan.FromSeconds(0.1));
        Assert.True(_house.Connections[0].IsOpen);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(client.ReadAsync);
        Assert.Null(client.Transport.CloseCode);
        await _house.Connections[0].Gone.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Anything_that_arrives_puts_the_ping_off()
    {
        await _house.ListenAsync();
        using var mute = await LoginAsync();
        _time.Advance(TimeSpan.FromSeconds(50));
        await mute.SendAsync("""{"id":1,"type":"ping"}""");
        Assert.Contains("pong", await mute.ReadTextAsync(), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(54));
        await mute.SendAsync("""{"id":2,"type":"ping"}""");

        Assert.Contains("pong", await mute.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mute_client_on_a_socket_sees_one_ping_frame_and_the_end()
    {
        await _house.ListenAsync();
        using var mute = await LoginAsync();

        _time.Advance(Silence);
        var (opcode, payload) = await mute.ReadFrameAsync();
        Assert.Equal((9, 0), (opcode, payload.Length));
        _time.Advance(Patience);

        Assert.True(await mute.HasEndedAsync());
    }

    [Fact]
    public async Task Client_of_the_platform_answers_between_two_messages()
    {
        await _house.ListenAsync();
        await using var client = await HassSocketClient.ConnectAsync(_house.BaseUrl.ToString(), _house.Token);
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(Silence);
            await client.PingAsync();
            await client.PingAsync();
        }

        Assert.Single(_house.Connections);
    }

    [Fact]
    public async Task Dribbled_frames_arrive_whole()
    {
        await _house.ListenAsync();
        using var client = await LoginAsync();
        _house.Connections[0].Dribbles = true;

        await client.SendAsync("""{"id":1,"type":"auth/current_user"}""");

        Assert.Contains("\"Owner\"", await client.ReadTextAsync(), StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private async Task<RawSocket> LoginAsync()
    {
        var socket = await RawSocket.DialAsync(_house.BaseUrl);
        await socket.ReadTextAsync();
        await socket.SendAsync($$"""{"type":"auth","access_token":"{{_house.Token}}"}""");
        Assert.Contains("auth_ok", await socket.ReadTextAsync(), StringComparison.Ordinal);
        return socket;
    }
}
