using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class AuthTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public AuthTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time });

    [Fact]
    public async Task Good_token_is_let_in_and_pinged()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");
    }

    [Theory]
    [InlineData("""{"type":"auth","access_token":"not-a-token"}""", "Invalid access token or password")]
    [InlineData("""{"type":"auth"}""", "Invalid access token or password")]
    [InlineData("""{"type":"auth","access_token":""}""", "Invalid access token or password")]
    [InlineData("""{"type":"auth","api_password":"x"}""", "Invalid access token or password")]
    [InlineData("""{"type":"auth","access_token":"x","extra":1}""", "Auth message incorrectly formatted: not a valid option at 'extra'. Got 1")]
    [InlineData("""{"id":1,"type":"ping"}""", """Auth message incorrectly formatted: not a valid option at 'id'. Got 1\nnot a valid value at 'type'. Got 'ping'""")]
    [InlineData("""[{"type":"auth","access_token":"x"}]""", "Auth message incorrectly formatted: expected a mapping. Got [{'type': 'auth', 'access_token': 'x'}]")]
    [InlineData("5", "Auth message incorrectly formatted: expected a mapping. Got 5")]
    [InlineData("""{"type":"auth","access_token":5}""", "Auth message incorrectly formatted: expected str at 'access_token'. Got 5")]
    [InlineData("""{"type":"auth","access_token":null}""", "Auth message incorrectly formatted: expected str at 'access_token'. Got None")]
    public async Task Wrong_first_message_is_refused_in_the_recorded_words(string first, string message)
    {
        await using var client = await RawClient.DialAsync(_house);
        await client.ReadAsync();

        await client.AsksAsync(first, $$"""{"type":"auth_invalid","message":"{{message}}"}""");

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task First_message_that_is_no_json_ends_the_connection_without_a_word()
    {
        await using var client = await RawClient.DialAsync(_house);
        await client.ReadAsync();
        await client.SendAsync("hello");
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Silence_is_closed_after_ten_seconds()
    {
        await using var client = await RawClient.DialAsync(_house);
        await client.ReadAsync();
        var closed = client.ExpectClosedAsync();

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(_house.Connections[0].IsOpen);
        Assert.False(closed.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await closed;
    }

    [Fact]
    public async Task Second_auth_is_a_malformed_command()
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(
            $$"""{"type":"auth","access_token":"{{_house.Token}}"}""",
            """{"id":null,"type":"result","success":false,"error":{"code":"invalid_format","message":"Message incorrectly formatted."}}""");
        await client.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");
    }

    [Fact]
    public async Task Commands_sent_before_any_answer_are_answered_in_one_array()
    {
        await using var client = await RawClient.DialAsync(_house);
        _house.Faults.HoldAuth = true;
        await client.SendAsync($$"""{"type":"auth","access_token":"{{_house.Token}}"}""");
        await client.SendAsync("""{"id":1,"type":"supported_features","features":{"coalesce_messages":1}}""");
        await client.SendAsync("""{"id":2,"type":"subscribe_events","event_type":"probe"}""");
        await _house.WaitForCommandAsync("auth");

        _house.Faults.HoldAuth = false;
        await client.SendAsync("""{"id":3,"type":"ping"}""");

        var all = "";
        while (!all.Contains("pong", StringComparison.Ordinal)) all += await client.ReadAsync();
        Assert.Contains("""{"id":1,"type":"result","success":true,"result":null}""", all, StringComparison.Ordinal);
        Assert.Contains("""{"id":2,"type":"result","success":true,"result":null}""", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_login_waits_for_the_clock_of_the_house()
    {
        _house.Faults.AuthDelay = TimeSpan.FromSeconds(4);
        await using var client = await RawClient.DialAsync(_house);
        await client.ReadAsync();
        await client.SendAsync($$"""{"type":"auth","access_token":"{{_house.Token}}"}""");
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(4));

        _time.Advance(TimeSpan.FromSeconds(4));

        await client.ExpectAsync("""{"type":"auth_ok","ha_version":"2026.11.0"}""");
    }

    [Fact]
    public async Task Revoked_token_closes_its_connection_and_opens_none()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await using var guest = await RawClient.LoginAsync(_house, _house.Guest);

        _house.RevokeToken(_house.Token);

        await client.ExpectClosedAsync();
        await guest.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");
        await RawClient.ExpectRefusedAsync(_house, _house.Token);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
