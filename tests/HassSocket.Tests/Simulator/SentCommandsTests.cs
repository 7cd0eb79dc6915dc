using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class SentCommandsTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public SentCommandsTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time, StartsEmpty = true });

    [Fact]
    public async Task Commands_are_found_by_type_connection_and_time_also_within_arrays()
    {
        await using var first = await RawClient.LoginAsync(_house);
        await using var second = await RawClient.LoginAsync(_house, _house.Guest);
        await first.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");
        _time.Advance(TimeSpan.FromSeconds(5));
        await second.AsksAsync("""[{"id":7,"type":"ping"},5,{"id":8,"type":"get_states"}]""", """{"id":7,"type":"pong"}""");

        _house.Sent.Expect(5);
        _house.Sent.Of("ping").Expect(2).On(1).ExpectOne();
        _house.Sent.Of("get_config").Expect(0);
        _house.Sent.On(2).ExpectInOrder("auth", "get_states");
        Assert.Equal(7ul, _house.Sent.Since(_time.GetUtcNow()).Of("ping").ExpectOne().Id);
        Assert.Equal(["auth", "ping"], _house.Connections[0].Sent.Select(command => command.Type));
        Assert.Equal("get_states", _house.Sent[^1].Message.GetProperty("type").GetString());
    }

    [Fact]
    public async Task What_was_not_sent_is_told_with_what_was_and_without_the_token()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AsksAsync("""{"id":3,"type":"ping"}""", """{"id":3,"type":"pong"}""");

        var missing = Assert.Throws<SimulatorExpectationException>(() => _house.Sent.Of("call_service").On(1).ExpectOne()).Message;
        var order = Assert.Throws<SimulatorExpectationException>(() => _house.Sent.ExpectInOrder("ping", "auth")).Message;

        Assert.StartsWith("Expected 1 commands 'call_service' on connection 1, but 0 were sent.\nSent:\n  auth on connection 1 at ", missing, StringComparison.Ordinal);
        Assert.Contains("ping 3 on connection 1", missing, StringComparison.Ordinal);
        Assert.StartsWith("Expected 'auth' after 'ping' among the commands, but it was not sent.", order, StringComparison.Ordinal);
        Assert.DoesNotContain(_house.Token, missing + order + _house.Sent[0] + _house.Received[0], StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
