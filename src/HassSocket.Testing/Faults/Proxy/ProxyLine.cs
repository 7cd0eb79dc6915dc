using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace HassSocket.Testing.Faults;

/// <summary>One client's connection through the proxy, and its own connection to the server.</summary>
/// <param name="proxy">What it belongs to.</param>
/// <param name="client">The client's end.</param>
/// <param name="onClientGone">Told when the client has ended its side, whatever the server still believes.</param>
internal sealed class ProxyLine(FaultProxy proxy, TcpClient client, Action onClientGone) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _toClient = new(1, 1);
    private TcpClient? _server;
    private Stream? _inside;
    private volatile bool _isOpen;

    /// <summary>Whether frames can be put into it: the upgrade has passed.</summary>
    public bool IsOpen => _isOpen;

    public async Task RunAsync(DialAnswer answer, SslServerAuthenticationOptions? tls)
    {
        try
        {
            client.NoDelay = true;
            _inside = await SecureAsync(tls).ConfigureAwait(false);
            if (answer == DialAnswer.Pass) await PassAsync().ConfigureAwait(false);
            else await RefuseAsync(answer).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or InvalidOperationException or System.Security.Authentication.AuthenticationException)
        {
            // Either side has gone, which is what proxies are there to see; the other side goes with it.
        }
        finally
        {
            _isOpen = false;
            onClientGone();
            client.Dispose();
            _server?.Dispose();
        }
    }

    /// <summary>Puts a text frame of our own between two frames of the server.</summary>
    public Task SendAsync(string text) => InsertAsync(0x81, Encoding.UTF8.GetBytes(text));

    /// <summary>Says the server's farewell in its place, and hangs up.</summary>
    public async Task CloseAsync(int code, string reason)
    {
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        await InsertAsync(0x88, payload).ConfigureAwait(false);
        Finish();
    }

    /// <summary>Ends the connection politely for TCP, and without a word for everything above it.</summary>
    public void Finish()
    {
        Finish(client);
        _server?.Dispose();
    }

    /// <summary>Resets both sides.</summary>
    public void Reset()
    {
        foreach (var side in new[] { client, _server })
        {
            if (side?.Client is not { } socket) continue;
            try
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                continue;
            }

            socket.Close();
        }

        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself meanwhile.
        }
    }

    public void Dispose()
    {
        _ended.Dispose();
        _toClient.Dispose();
    }

    private static void Finish(TcpClient side)
    {
        try
        {
            side.Client?.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private async Task<Stream> SecureAsync(SslServerAuthenticationOptions? tls)
    {
        if (tls is null) return client.GetStream();
        var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsServerAsync(tls, _ended.Token).ConfigureAwait(false);
        return secure;
    }

    private async Task RefuseAsync(DialAnswer answer)
    {
        if (answer == DialAnswer.Silence) await ListenAsync().ConfigureAwait(false);
        await new FrameReader(_inside!).ReadHeadAsync(_ended.Token).ConfigureAwait(false);
        if (answer == DialAnswer.Reset) Reset();
        if (answer.Text is not { } text) return;
        await _inside!.WriteAsync(Encoding.ASCII.GetBytes(text), _ended.Token).ConfigureAwait(false);
        Finish();
    }

    /// <summary>Hears the client out, and says nothing.</summary>
    private async Task ListenAsync()
    {
        var reader = new FrameReader(_inside!);
        while (!(await reader.ReadAnyAsync(_ended.Token).ConfigureAwait(false)).IsEmpty)
        {
        }
    }

    private async Task PassAsync()
    {
        _server = new TcpClient { NoDelay = true };
        await _server.ConnectAsync(IPAddress.Loopback, proxy.Server.Port, _ended.Token).ConfigureAwait(false);
        var outside = _server.GetStream();
        var fromClient = new FrameReader(_inside!);
        var fromServer = new FrameReader(outside);
        var request = await fromClient.ReadHeadAsync(_ended.Token).ConfigureAwait(false);
        if (request.IsEmpty) return;
        await proxy.ToServer.PassAsync(outside, request, _ended.Token).ConfigureAwait(false);
        var answer = await fromServer.ReadHeadAsync(_ended.Token).ConfigureAwait(false);
        var isUpgraded = answer.Span.StartsWith("HTTP/1.1 101"u8);
        await proxy.ToClient.PassAsync(_inside!, answer, _ended.Token).ConfigureAwait(false);
        _isOpen = isUpgraded;
        var inwards = PumpAsync(fromServer, proxy.ToClient, _inside!, _toClient, isUpgraded, () => Finish(client));
        var outwards = PumpAsync(fromClient, proxy.ToServer, outside, null, isUpgraded, () => Finish(_server));
        _ = outwards.ContinueWith(_ => onClientGone(), TaskScheduler.Default);
        // One that breaks breaks the other; one that ends lets the other end by itself.
        await (await Task.WhenAny(inwards, outwards).ConfigureAwait(false)).ConfigureAwait(false);
        await Task.WhenAll(inwards, outwards).ConfigureAwait(false);
    }

    /// <summary>Carries one direction until its source ends; the end is carried too.</summary>
    private async Task PumpAsync(FrameReader source, FaultyWay way, Stream target, SemaphoreSlim? turn, bool isFrames, Action end)
    {
        byte[]? swapped = null;
        while (true)
        {
            var frame = isFrames
                ? await source.ReadFrameAsync(_ended.Token).ConfigureAwait(false)
                : await source.ReadAnyAsync(_ended.Token).ConfigureAwait(false);
            if (frame.IsEmpty) break;
            var fault = isFrames ? way.TakeFault() : FrameFault.None;
            if (fault == FrameFault.Swap) swapped = frame.ToArray();
            if (fault is FrameFault.Swap or FrameFault.Drop) continue;
            if (turn is not null) await turn.WaitAsync(_ended.Token).ConfigureAwait(false);
            await way.PassAsync(target, fault == FrameFault.Cut ? frame[..(frame.Length / 2)] : frame, _ended.Token).ConfigureAwait(false);
            if (fault == FrameFault.Duplicate) await way.PassAsync(target, frame, _ended.Token).ConfigureAwait(false);
            if (swapped is not null) await way.PassAsync(target, swapped, _ended.Token).ConfigureAwait(false);
            swapped = null;
            turn?.Release();
            if (fault != FrameFault.Cut) continue;
            Finish();
            return;
        }

        // A dead line tells nobody that the other side has gone.
        if (!way.IsBlackHole) end();
    }

    private async Task InsertAsync(byte opcode, byte[] payload)
    {
        if (_inside is null || !_isOpen) return;
        byte[] header = payload.Length < 126
            ? [opcode, (byte)payload.Length]
            : [opcode, 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        await _toClient.WaitAsync(_ended.Token).ConfigureAwait(false);
        try
        {
            await _inside.WriteAsync((byte[])[.. header, .. payload], _ended.Token).ConfigureAwait(false);
        }
        finally
        {
            _toClient.Release();
        }
    }
}
