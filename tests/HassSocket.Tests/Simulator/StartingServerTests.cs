using System.Net.WebSockets;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class StartingServerTests : IAsyncLifetime
{
    private static readonly SimulatedRestart AtOnce = new() { DownFor = TimeSpan.Zero };

    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public StartingServerTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Killed_server_says_no_goodbye_and_starts_like_any_other()
    {
        await using var client = await RawClient.LoginAsync(_house);
        _house.Restart(AtOnce with { IsKilled = true });

        await Assert.ThrowsAsync<WebSocketException>(client.ReadAsync);
        Assert.Null(client.Transport.CloseCode);
        _time.Advance(TimeSpan.Zero);
        await using var again = await RawClient.LoginAsync(_house);
        Assert.Equal("NOT_RUNNING", (string)(await again.AskAsync("""{"id":1,"type":"get_config"}"""))["result"]!["state"]!);
    }

    [Fact]
    public async Task Wait_for_an_integration_is_answered_when_it_has_loaded()
    {
        _house.Restart(AtOnce);
        _time.Advance(TimeSpan.Zero);
        await using var client = await RawClient.LoginAsync(_house);
        await client.SendAsync("""{"id":1,"type":"integration/wait","domain":"demo"}""");
        await client.AsksAsync("""{"id":2,"type":"integration/wait","domain":"recorder"}""", Loaded(2, true));
        await client.AsksAsync("""{"id":3,"type":"integration/wait","domain":"nobody"}""", Loaded(3, false));

        _time.Advance(TimeSpan.FromSeconds(3));

        await client.ExpectAsync(Loaded(1, true));
        await client.AsksAsync("""{"id":4,"type":"integration/wait","domain":"demo"}""", Loaded(4, true));
    }

    [Fact]
    public async Task Loading_integrations_are_told_until_none_is_left()
    {
        _house.Restart(AtOnce);
        _time.Advance(TimeSpan.Zero);
        await using var client = await RawClient.LoginAsync(_house);
        await client.AskAsync("""{"id":1,"type":"subscribe_bootstrap_integrations"}""");

        _time.Advance(TimeSpan.FromSeconds(3));

        var told = 0;
        while ((await client.ReadJsonAsync())["event"]!.AsObject() is { Count: > 0 } loading)
        {
            Assert.All(loading, integration => Assert.InRange((double)integration.Value!, 0, 3));
            told++;
        }

        Assert.NotEqual(0, told);
        await client.AsksAsync("""{"id":2,"type":"unsubscribe_events","subscription":1}""", """{"id":2,"type":"result","success":true,"result":null}""");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static string Loaded(int id, bool isLoaded)
        => $$$"""{"id":{{{id}}},"type":"result","success":true,"result":{"integration_loaded":{{{(isLoaded ? "true" : "false")}}}}}""";
}
