using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace HassSocket.Core.Tests.Support;

/// <summary>The server's end of one connection.</summary>
internal sealed class LoopbackPeer(TcpClient client, CancellationToken stopping)
{
    public Stream Stream { get; private set; } = client.GetStream();

    /// <summary>Cancelled when the server stops, so that no script outlives its test.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>The upgrade request as it came.</summary>
    public string Request { get; private set; } = "";

    public async Task SecureAsync(SslServerAuthenticationOptions tls)
    {
        var secure = new SslStream(Stream);
        Stream = secure;
        await secure.AuthenticateAsServerAsync(tls, stopping);
    }

    public async Task<string> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await Stream.ReadExactlyAsync(one, stopping);
            text.Append((char)one[0]);
        }

        return Request = text.ToString();
    }

    public async Task RefuseAsync(string status, params string[] headers)
    {
        await ReadRequestAsync();
        await WriteAsync($"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}Content-Length: 0\r\n\r\n");
    }

    public async Task<WebSocket> UpgradeAsync(bool compress = false)
    {
        await ReadRequestAsync();
        var key = Request.Split("Sec-WebSocket-Key: ")[1].Split("\r\n")[0];
        // The one use that the protocol has for SHA-1.
#pragma warning disable CA5350
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        var extensions = compress ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "";
        await WriteAsync(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            $"Sec-WebSocket-Accept: {accept}\r\n{extensions}\r\n");
        return WebSocket.CreateFromStream(Stream, new WebSocketCreationOptions
        {
            IsServer = true,
            DangerousDeflateOptions = compress ? new WebSocketDeflateOptions() : null,
        });
    }

    public async Task WriteAsync(string text) => await Stream.WriteAsync(Encoding.UTF8.GetBytes(text), stopping);

    public async Task WriteAsync(params byte[] bytes) => await Stream.WriteAsync(bytes, stopping);

    /// <summary>Waits for the end of the test with the connection open.</summary>
    public Task SilenceAsync() => Task.Delay(Timeout.Infinite, stopping);

    /// <summary>Sends FIN: no more bytes will come.</summary>
    public void Finish() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Sends RST: the connection is gone.</summary>
    public void Reset()
    {
        client.Client.LingerState = new LingerOption(true, 0);
        client.Client.Close();
    }
}
