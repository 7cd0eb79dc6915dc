using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class EnvelopeTests : IAsyncLifetime
{
    private readonly HomeAssistantSimulator _house = new();

    [Fact]
    public async Task A_message_that_the_house_cannot_take_ends_the_connection_instead_of_silencing_it()
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.SendAsync("""{"id":1,"type":"\ud83d"}""");

        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(client.ReadAsync);
        await _house.Connections[0].Gone;
    }

    [Theory]
    [InlineData("""{"type":"ping"}""", "null")]
    [InlineData("""{"id":1}""", "1")]
    [InlineData("""{"id":"1","type":"ping"}""", "\"1\"")]
    [InlineData("""{"id":1.5,"type":"ping"}""", "1.5")]
    [InlineData("""{"id":-1,"type":"ping"}""", "-1")]
    [InlineData("""{"id":0,"type":"ping"}""", "0")]
    [InlineData("""{"id":null,"type":"ping"}""", "null")]
    [InlineData("""{"id":true,"type":"ping"}""", "true")]
    [InlineData("""{"id":1,"type":5}""", "1")]
    [InlineData("""{"id":1,"type":null}""", "1")]
    [InlineData("{}", "null")]
    [InlineData("null", "0")]
    [InlineData("5", "0")]
    [InlineData("\"text\"", "0")]
    [InlineData("""{"id":99999999999999999999999,"type":"ping"}""", "1e+23")]
    [InlineData("""[[{"id":1,"type":"ping"}]]""", "0")]
    [InlineData("[5]", "0")]
    [InlineData("""{"ID":1,"type":"ping"}""", "null")]
    public async Task Malformed_command_is_answered_with_its_id_as_it_came(string command, string echo)
    {
        await using var client = await RawClient.LoginAsync(_house);

        await client.AsksAsync(
            command,
            $$$"""{"id":{{{echo}}},"type":"result","success":false,"error":{"code":"invalid_format","message":"Message incorrectly formatted."}}""");

        await client.AsksAsync("""{"id":900000000000000000,"type":"ping"}""", """{"id":900000000000000000,"type":"pong"}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("""{"id":1,"type":"ping" """)]
    [InlineData("""{"id":1,"type":"ping"}{"id":2,"type":"ping"}""")]
    [InlineData("""{"id":1,"type":"ping","x":NaN}""")]
    [InlineData("\ufeff{\"id\":1,\"type\":\"ping\"}")]
    public async Task Frame_that_is_no_json_ends_the_connection(string frame)
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.SendAsync(frame);
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Last_of_duplicate_keys_wins()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AsksAsync("""{"id":1,"id":2,"type":"ping"}""", """{"id":2,"type":"pong"}""");
    }

    [Theory]
    [InlineData("1", "1", true)]
    [InlineData("3", "2", true)]
    [InlineData("3", "1000", false)]
    [InlineData("9007199254740992", "9007199254740993", false)]
    [InlineData("2147483648", "9223372036854775807", false)]
    public async Task Ids_must_grow(string first, string second, bool isReuse)
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AsksAsync($$"""{"id":{{first}},"type":"ping"}""", $$"""{"id":{{first}},"type":"pong"}""");

        await client.AsksAsync($$"""{"id":{{second}},"type":"ping"}""", isReuse
            ? $$$"""{"id":{{{second}}},"type":"result","success":false,"error":{"code":"id_reuse","message":"Identifier values have to increase."}}"""
            : $$"""{"id":{{second}},"type":"pong"}""");
    }

    [Fact]
    public async Task Unknown_commands_do_not_use_up_their_id()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AsksAsync(
            """{"id":1,"type":"PING"}""",
            """{"id":1,"type":"result","success":false,"error":{"code":"unknown_command","message":"Unknown command."}}""");
        await client.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");
    }

    [Fact]
    public async Task Array_of_commands_is_answered_one_by_one_without_the_feature()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.SendAsync(
            """[{"id":4,"type":"ping"},{"id":4,"type":"ping"},{"id":5,"type":"no_such"},{"id":6,"type":"ping","x":1},{"id":7,"type":"ping"}]""");

        await client.ExpectAsync("""{"id":4,"type":"pong"}""");
        await client.ExpectAsync("""{"id":4,"type":"result","success":false,"error":{"code":"id_reuse","message":"Identifier values have to increase."}}""");
        await client.ExpectAsync("""{"id":5,"type":"result","success":false,"error":{"code":"unknown_command","message":"Unknown command."}}""");
        await client.ExpectAsync("""{"id":6,"type":"result","success":false,"error":{"code":"invalid_format","message":"extra keys not allowed. Got {'id': 6, 'type': 'ping', 'x': 1}"}}""");
        await client.ExpectAsync("""{"id":7,"type":"pong"}""");
    }

    [Fact]
    public async Task Array_of_commands_is_answered_in_one_array_with_the_feature()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.AsksAsync(
            """{"id":1,"type":"supported_features","features":{"coalesce_messages":1}}""",
            """{"id":1,"type":"result","success":true,"result":null}""");

        await client.AsksAsync(
            """[{"id":400,"type":"ping"},5,{"id":401,"type":"ping"}]""",
            """[{"id":400,"type":"pong"},{"id":0,"type":"result","success":false,"error":{"code":"invalid_format","message":"Message incorrectly formatted."}},{"id":401,"type":"pong"}]""");
        await client.AsksAsync("""{"id":402,"type":"ping"}""", """{"id":402,"type":"pong"}""");
    }

    [Fact]
    public async Task Empty_array_says_nothing()
    {
        await using var client = await RawClient.LoginAsync(_house);
        await client.SendAsync("[]");
        await client.AsksAsync("""{"id":1,"type":"ping"}""", """{"id":1,"type":"pong"}""");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
