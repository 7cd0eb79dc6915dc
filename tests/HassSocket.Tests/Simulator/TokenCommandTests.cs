using System.Globalization;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class TokenCommandTests : IAsyncLifetime
{
    private const string Nothing = """{"id":1,"type":"result","success":true,"result":{}}""";
    private const string InvalidToken = """{"id":1,"type":"result","success":false,"error":{"code":"invalid_token_id","message":"Received invalid token"}}""";

    private readonly ManualTimeProvider _time = new();
    private readonly HomeAssistantSimulator _house;

    public TokenCommandTests() => _house = new HomeAssistantSimulator(new() { TimeProvider = _time, StartsEmpty = true });

    [Fact]
    public async Task Logins_are_listed_with_the_recorded_keys_and_the_own_one_is_marked()
    {
        var login = _house.LogIn(_house.Guest, "http://127.0.0.1:8123/");
        await using var client = await RawClient.LoginAsync(_house, login.AccessToken);

        var listed = (await client.AskAsync("""{"id":1,"type":"auth/refresh_tokens"}"""))["result"]!.AsArray();

        string[] keys = ["auth_provider_type", "client_icon", "client_id", "client_name", "created_at", "expire_at", "id", "is_current", "last_used_at", "last_used_ip", "type"];
        Assert.All(listed, item => Assert.Equal(keys, item!.AsObject().Select(pair => pair.Key)));
        Assert.Equal(["long_lived_access_token", "normal"], listed.Select(item => (string)item!["type"]!));
        Assert.Equal([false, true], listed.Select(item => (bool)item!["is_current"]!));
        Assert.Equal([null, "homeassistant"], listed.Select(item => (string?)item!["auth_provider_type"]));
        Assert.Equal([null, "http://127.0.0.1:8123/"], listed.Select(item => (string?)item!["client_id"]));
        Assert.Null(listed[0]!["expire_at"]);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromDays(90), DateTimeOffset.Parse((string)listed[1]!["expire_at"]!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Deleted_login_closes_its_connections_only()
    {
        await using var lost = await RawClient.LoginAsync(_house, _house.LogIn(_house.Guest).AccessToken);
        await using var client = await RawClient.LoginAsync(_house, _house.Guest);
        var id = await FindIdAsync(lost, isCurrent: true);

        await client.AsksAsync($$"""{"id":1,"type":"auth/delete_refresh_token","refresh_token_id":"{{id}}"}""", Nothing);

        await lost.ExpectClosedAsync();
        await client.AsksAsync($$"""{"id":2,"type":"auth/delete_refresh_token","refresh_token_id":"{{id}}"}""", InvalidToken.Replace(":1,", ":2,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logins_of_somebody_else_cannot_be_deleted()
    {
        await using var owner = await RawClient.LoginAsync(_house);
        await using var guest = await RawClient.LoginAsync(_house, _house.Guest);
        var id = await FindIdAsync(owner, isCurrent: true);

        await guest.AsksAsync($$"""{"id":1,"type":"auth/delete_refresh_token","refresh_token_id":"{{id}}"}""", InvalidToken);
        await guest.AsksAsync(
            $$"""{"id":2,"type":"auth/refresh_token_set_expiry","refresh_token_id":"{{id}}","enable_expiry":true}""",
            InvalidToken.Replace(":1,", ":2,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_logins_go_at_once_and_the_own_one_two_seconds_later()
    {
        await using var other = await RawClient.LoginAsync(_house, _house.LogIn(_house.Guest).AccessToken);
        await using var client = await RawClient.LoginAsync(_house, _house.Guest);

        await client.AsksAsync("""{"id":1,"type":"auth/delete_all_refresh_tokens"}""", Nothing);

        await other.ExpectClosedAsync();
        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Logins_of_one_type_can_go_without_the_own_one()
    {
        await using var longLived = await RawClient.LoginAsync(_house, _house.Guest);
        await using var client = await RawClient.LoginAsync(_house, _house.LogIn(_house.Guest).AccessToken);
        await using var other = await RawClient.LoginAsync(_house, _house.LogIn(_house.Guest).AccessToken);

        await client.AsksAsync("""{"id":1,"type":"auth/delete_all_refresh_tokens","token_type":"normal","delete_current_token":false}""", Nothing);

        await other.ExpectClosedAsync();
        await longLived.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
        _time.Advance(TimeSpan.FromSeconds(2));
        await client.AsksAsync("""{"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
    }

    [Fact]
    public async Task Long_lived_token_opens_the_house_until_its_days_are_over_and_its_name_is_taken()
    {
        await using var client = await RawClient.LoginAsync(_house, _house.Guest);
        var token = (string)(await client.AskAsync("""{"id":1,"type":"auth/long_lived_access_token","client_name":"probe","lifespan":1}"""))["result"]!;

        await client.AsksAsync(
            """{"id":2,"type":"auth/long_lived_access_token","client_name":"probe","lifespan":1}""",
            """{"id":2,"type":"result","success":false,"error":{"code":"unknown_error","message":"Unknown error"}}""");
        await client.AsksAsync(
            """{"id":3,"type":"auth/long_lived_access_token","client_name":"recorder"}""",
            """{"id":3,"type":"result","success":false,"error":{"code":"invalid_format","message":"required key not provided at 'lifespan'. Got None"}}""");
        await using (await RawClient.LoginAsync(_house, token))
        {
        }

        _time.Advance(TimeSpan.FromDays(1));
        await RawClient.ExpectRefusedAsync(_house, token);
    }

    [Fact]
    public async Task Expired_access_token_opens_nothing_and_closes_nothing()
    {
        var login = _house.LogIn(_house.Guest);
        await using var client = await RawClient.LoginAsync(_house, login.AccessToken);

        _time.Advance(TimeSpan.FromMinutes(30));

        await RawClient.ExpectRefusedAsync(_house, login.AccessToken);
        await client.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");
    }

    [Fact]
    public async Task Users_are_listed_for_administrators_only()
    {
        await using var owner = await RawClient.LoginAsync(_house);
        await using var guest = await RawClient.LoginAsync(_house, _house.Guest);

        var users = (await owner.AskAsync("""{"id":1,"type":"config/auth/list"}"""))["result"]!.AsArray();

        Assert.Equal(["system-admin", "system-users", "system-read-only"], users.Select(user => (string)user!["group_ids"]![0]!));
        await guest.AsksAsync(
            """{"id":1,"type":"config/auth/list"}""",
            """{"id":1,"type":"result","success":false,"error":{"code":"unauthorized","message":"Unauthorized"}}""");
    }

    [Fact]
    public void Tokens_are_not_shown()
    {
        var login = _house.LogIn(_house.Guest);

        Assert.DoesNotContain(login.AccessToken, $"{login}", StringComparison.Ordinal);
        Assert.DoesNotContain(login.RefreshToken, $"{login}", StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static async Task<string> FindIdAsync(RawClient client, bool isCurrent)
        => (string)(await client.AskAsync("""{"id":1,"type":"auth/refresh_tokens"}"""))["result"]!.AsArray()
            .Single(login => (bool)login!["is_current"]! == isCurrent)!["id"]!;
}
