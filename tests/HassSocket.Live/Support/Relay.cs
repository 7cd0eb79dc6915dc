using System.Net;
using System.Net.Sockets;

namespace HassSocket.Live;

/// <summary>Stands between a client and the server, passes everything on, and can be cut.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly List<Socket> _lines = [];
    private readonly Uri _server;
    private readonly Task _work;

    private Relay(Uri server)
    {
        _server = server;
        _listener.Start();
        _work = AcceptAsync();
    }

    /// <summary>The server's address, as the way through here.</summary>
    public string Address => new UriBuilder(_server) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri.AbsoluteUri;

    /// <summary>How many connections were asked for.</summary>
    public int Dials { get; private set; }

    /// <summary>Whether nobody gets through at present.</summary>
    public bool IsClosed { get; set; }

    /// <exception cref="NotApplicableException">The server wants TLS, and its certificate does not name this program.</exception>
    public static Relay To(string server) =>
        TryTo(server) ?? throw new NotApplicableException("a TLS line cannot be led through this program");

    /// <summary>The way to a server; <see langword="null"/> where it wants TLS.</summary>
    public static Relay? TryTo(string server)
    {
        var address = new Uri(server.Contains("://", StringComparison.Ordinal) ? server : $"http://{server}");
        return address.Scheme is "http" or "ws" ? new Relay(address) : null;
    }

    /// <summary>Breaks all lines without a farewell.</summary>
    public void Cut()
    {
        Socket[] lines;
        lock (_lock)
        {
            lines = [.. _lines];
            _lines.Clear();
        }

        foreach (var line in lines) line.Close(timeout: 0);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        await _work;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                Dials++;
                if (IsClosed) client.Dispose();
                else _ = PassAsync(client);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed: nobody comes any more.
        }
    }

    private async Task PassAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        lock (_lock) _lines.AddRange([client, server]);
        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(_server.DnsSafeHost, _server.Port);
            await using var inside = new NetworkStream(client);
            await using var outside = new NetworkStream(server);
            await await Task.WhenAny(inside.CopyToAsync(outside), outside.CopyToAsync(inside));
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has gone; so does the other.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }
}
