namespace HassSocket.Testing.Simulator;

/// <summary>The server's end of a socket in memory.</summary>
internal sealed class MemoryServerSocket(MemoryConnection connection) : IServerSocket
{
    public async ValueTask<ServerFrame?> ReceiveAsync()
        => await connection.ReadFrameAsync().ConfigureAwait(false) is { } frame ? new ServerFrame(frame.Message) : null;

    public bool TryReceive(out ServerFrame frame)
    {
        var isThere = connection.TryReadFrame(out var read);
        frame = new ServerFrame(read.Message);
        return isThere;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        connection.Send(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask CloseAsync(int code, string reason)
    {
        connection.Close(code, reason);
        return ValueTask.CompletedTask;
    }

    public void Abort()
    {
        connection.Drop();
        connection.EndReading();
    }
}
