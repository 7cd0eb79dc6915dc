using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace HassSocket.Tests.Support;

/// <summary>A WebSocket client that does nothing by itself, not even answer a ping: its test sees every frame.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _guard = new(TimeSpan.FromSeconds(20));

    public string Head { get; private set; } = "";

    public static async Task<RawSocket> DialAsync(Uri house, string extraHeaders = "", string method = "GET", string path = "/api/websocket")
    {
        var socket = new RawSocket();
        await socket._client.ConnectAsync(house.Host, house.Port, socket._guard.Token);
        var head = $"{method} {path} HTTP/1.1\r\nHost: {house.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\n{extraHeaders}\r\n";
        await socket._client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), socket._guard.Token);
        while (!socket.Head.EndsWith("\r\n\r\n", StringComparison.Ordinal)) socket.Head += (char)(await socket.ReadAsync(1))[0];
        return socket;
    }

    /// <summary>Sends one text frame.</summary>
    public async Task SendAsync(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        byte[] head = payload.Length < 126
            ? [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0]
            : [0x81, 0xFE, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0];
        await _client.GetStream().WriteAsync((byte[])[.. head, .. payload], _guard.Token);
    }

    /// <summary>Reads one frame.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReadFrameAsync()
    {
        var head = await ReadAsync(2);
        var length = (int)head[1];
        if (length == 126)
        {
            var more = await ReadAsync(2);
            length = (more[0] << 8) | more[1];
        }

        return (head[0] & 0xF, await ReadAsync(length));
    }

    public async Task<string> ReadTextAsync() => Encoding.UTF8.GetString((await ReadFrameAsync()).Payload);

    /// <summary>Whether the line has ended without anything more.</summary>
    public async Task<bool> HasEndedAsync()
    {
        try
        {
            return await _client.GetStream().ReadAsync(new byte[1], _guard.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _guard.Dispose();
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _client.GetStream().ReadExactlyAsync(bytes, _guard.Token);
        return bytes;
    }
}
