using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Support;

/// <summary>A client that speaks raw JSON to the simulator.</summary>
internal sealed class RawClient(ITransport transport) : IAsyncDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    public ITransport Transport => transport;

    public static async Task<RawClient> DialAsync(HomeAssistantSimulator house)
        => new(await house.Transports.ConnectAsync(new UpgradeRequest(new Uri("ws://house.invalid/api/websocket")), CancellationToken.None));

    public static Task<RawClient> LoginAsync(HomeAssistantSimulator house, SimulatedUser? user = null) => LoginAsync(house, (user ?? house.Owner).Token);

    public static async Task<RawClient> LoginAsync(HomeAssistantSimulator house, string token)
    {
        var client = await DialAsync(house);
        await client.ExpectAsync("""{"type":"auth_required","ha_version":"2026.11.0"}""");
        await client.AsksAsync($$"""{"type":"auth","access_token":"{{token}}"}""", """{"type":"auth_ok","ha_version":"2026.11.0"}""");
        return client;
    }

    /// <summary>Dials with a token that must not be let in.</summary>
    public static async Task ExpectRefusedAsync(HomeAssistantSimulator house, string token)
    {
        await using var client = await DialAsync(house);
        await client.ReadAsync();
        await client.AsksAsync(
            $$"""{"type":"auth","access_token":"{{token}}"}""", """{"type":"auth_invalid","message":"Invalid access token or password"}""");
        await client.ExpectClosedAsync();
    }

    public Task SendAsync(string text) => transport.SendAsync(Encoding.UTF8.GetBytes(text)).AsTask().WaitAsync(Guard);

    public async Task<string?> ReadAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        return await transport.ReceiveAsync(message).AsTask().WaitAsync(Guard) ? Encoding.UTF8.GetString(message.WrittenSpan) : null;
    }

    public async Task ExpectAsync(string text) => Assert.Equal(text, await ReadAsync());

    public async Task<JsonNode> ReadJsonAsync() => JsonNode.Parse(await ReadAsync() ?? throw new InvalidOperationException("closed"))!;

    /// <summary>Sends and compares the next message.</summary>
    public async Task AsksAsync(string text, string answer)
    {
        await SendAsync(text);
        await ExpectAsync(answer);
    }

    public async Task<JsonNode> AskAsync(string text)
    {
        await SendAsync(text);
        return await ReadJsonAsync();
    }

    public async Task ExpectClosedAsync(int code = 1000)
    {
        Assert.Null(await ReadAsync());
        Assert.Equal(code, transport.CloseCode);
    }

    public ValueTask DisposeAsync() => transport.DisposeAsync();
}
