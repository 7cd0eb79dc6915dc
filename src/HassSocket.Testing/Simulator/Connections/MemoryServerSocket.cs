using System.Net.Sockets;
using System.Net.WebSockets;

namespace HassSocket.Testing.Simulator;

/// <summary>The server's end of a socket in memory.</summary>
internal sealed class MemoryServerSocket(MemoryConnection connection) : IServerSocket
{
    private Action _signOfLife = () => { };

    public Action SignOfLife
    {
        set => _signOfLife = value;
    }

    public async ValueTask<ServerFrame?> ReceiveAsync()
        => await connection.ReadFrameAsync().ConfigureAwait(false) is { } frame ? Seen(frame.Message) : null;

    public bool TryReceive(out ServerFrame frame)
    {
        var isThere = connection.TryReadFrame(out var read);
        frame = isThere ? Seen(read.Message) : default;
        return isThere;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        connection.Send(message);
        await connection.RoomForMoreAsync().ConfigureAwait(false);
    }

    /// <summary>A client in memory answers at once, whatever clock drives the house.</summary>
    public ValueTask PingAsync()
    {
        if (connection.AnswersPings) _signOfLife();
        return ValueTask.CompletedTask;
    }

    public ValueTask CloseAsync(int code, string reason)
    {
        connection.Close(code, reason);
        return ValueTask.CompletedTask;
    }

    public void Abort(bool isReset)
    {
        connection.Drop(isReset ? Reset() : null);
        connection.EndReading();
    }

    private ServerFrame Seen(ReadOnlyMemory<byte> message)
    {
        _signOfLife();
        return new ServerFrame(message);
    }

    private static WebSocketException Reset() => new(
        WebSocketError.ConnectionClosedPrematurely, new IOException("The line was reset.", new SocketException((int)SocketError.ConnectionReset)));
}
