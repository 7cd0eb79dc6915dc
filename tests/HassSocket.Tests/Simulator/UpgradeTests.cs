using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

/// <summary>The handshake as recorded: the answer to each offer, and to what is none.</summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private readonly HomeAssistantSimulator _house = new();

    [Theory]
    [InlineData("", null)]
    [InlineData("permessage-deflate", "permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits", "permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=9", "permessage-deflate; server_max_window_bits=9")]
    [InlineData("permessage-deflate; server_max_window_bits=15; client_max_window_bits=15", "permessage-deflate")]
    [InlineData("permessage-deflate; server_no_context_takeover; client_no_context_takeover", "permessage-deflate; server_no_context_takeover")]
    [InlineData("x-unknown", null)]
    public async Task Compression_is_taken_as_the_real_server_takes_it(string offer, string? answer)
    {
        using var socket = await RawSocket.DialAsync(_house.BaseUrl, offer.Length > 0 ? $"Sec-WebSocket-Extensions: {offer}\r\n" : "");

        Assert.StartsWith("HTTP/1.1 101", socket.Head, StringComparison.Ordinal);
        Assert.Equal(answer, Header(socket.Head, "Sec-WebSocket-Extensions"));
    }

    [Fact]
    public async Task Requested_protocol_is_ignored()
    {
        using var socket = await RawSocket.DialAsync(_house.BaseUrl, "Sec-WebSocket-Protocol: chat\r\n");
        Assert.StartsWith("HTTP/1.1 101", socket.Head, StringComparison.Ordinal);
        Assert.Null(Header(socket.Head, "Sec-WebSocket-Protocol"));
    }

    [Theory]
    [InlineData("GET", "/api/nowhere", 404, "404: Not Found")]
    [InlineData("POST", "/api/websocket", 405, "405: Method Not Allowed")]
    [InlineData("GET", "/api/websocket", 400, "No WebSocket UPGRADE hdr: None\n Can \"Upgrade\" only to \"WebSocket\".")]
    public async Task What_is_no_upgrade_is_refused_in_the_recorded_words(string method, string path, int status, string text)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_house.BaseUrl, path));
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
    }

    public async ValueTask InitializeAsync() => await _house.ListenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static string? Header(string head, string name)
        => head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
