using System.Net;
using System.Net.WebSockets;
using System.Text;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class EndpointTests : IAsyncLifetime
{
    private readonly HomeAssistantSimulator _house = new();
    private readonly CancellationTokenSource _guard = new(TimeSpan.FromSeconds(20));

    [Fact]
    public async Task Real_client_logs_in_asks_and_says_goodbye()
    {
        using var client = await LoginAsync();

        await SendAsync(client, """{"id":1,"type":"ping"}""");
        Assert.Equal("""{"id":1,"type":"pong"}""", await ReadAsync(client));
        await SendAsync(client, """{"id":2,"type":"get_states"}""");
        Assert.Contains("light.bed_light", await ReadAsync(client), StringComparison.Ordinal);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _guard.Token);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
        await _house.Connections[0].Gone.WaitAsync(_guard.Token);
    }

    [Fact]
    public async Task Server_closes_with_its_code()
    {
        using var client = await LoginAsync();
        _house.Faults.CloseAll(1001);

        Assert.Null(await ReadAsync(client));
        Assert.Equal(1001, (int)client.CloseStatus!);
    }

    [Fact]
    public async Task Dropped_line_has_no_close_frame()
    {
        using var client = await LoginAsync();
        _house.Faults.DropAll();

        await Assert.ThrowsAsync<WebSocketException>(() => ReadAsync(client));
        Assert.Null(client.CloseStatus);
    }

    [Fact]
    public async Task Binary_first_message_is_closed_without_a_word()
    {
        using var client = await DialAsync();
        await ReadAsync(client);
        await client.SendAsync(new byte[] { 1, 2 }, WebSocketMessageType.Binary, true, _guard.Token);
        Assert.Null(await ReadAsync(client));
        Assert.Equal(1000, (int)client.CloseStatus!);
    }

    [Fact]
    public async Task Upgrade_can_be_refused_with_a_status()
    {
        _house.Faults.UpgradeStatus = HttpStatusCode.BadGateway;
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(Address, _guard.Token));
        Assert.Equal(HttpStatusCode.BadGateway, client.HttpStatusCode);
    }

    public async ValueTask InitializeAsync() => await _house.ListenAsync();

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _guard.Dispose();
    }

    private Uri Address => new UriBuilder(_house.BaseUrl) { Scheme = "ws", Path = "/api/websocket" }.Uri;

    private async Task<ClientWebSocket> DialAsync()
    {
        var client = new ClientWebSocket();
        client.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        await client.ConnectAsync(Address, _guard.Token);
        return client;
    }

    private async Task<ClientWebSocket> LoginAsync()
    {
        var client = await DialAsync();
        Assert.Contains("auth_required", await ReadAsync(client), StringComparison.Ordinal);
        await SendAsync(client, $$"""{"type":"auth","access_token":"{{_house.Token}}"}""");
        Assert.Contains("auth_ok", await ReadAsync(client), StringComparison.Ordinal);
        return client;
    }

    private Task SendAsync(ClientWebSocket client, string text)
        => client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _guard.Token);

    private async Task<string?> ReadAsync(ClientWebSocket client)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await client.ReceiveAsync(buffer, _guard.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(message.ToArray());
        }
    }
}
