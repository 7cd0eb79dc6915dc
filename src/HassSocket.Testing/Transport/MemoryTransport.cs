using System.Buffers;

namespace HassSocket.Testing.Transport;

/// <summary>The client's end of a socket in memory.</summary>
internal sealed class MemoryTransport(MemoryConnection connection) : ITransport
{
    private int? _closeCode;
    private string? _closeReason;

    public int? CloseCode => _closeCode;

    public string? CloseReason => _closeReason;

    public async ValueTask<bool> ReceiveAsync(IBufferWriter<byte> destination)
    {
        if (_closeCode is not null) return false;
        var frame = await connection.ReadForClientAsync().ConfigureAwait(false);
        if (frame.CloseCode is { } code)
        {
            _closeReason = frame.CloseReason;
            _closeCode = code;
            return false;
        }

        destination.Write(frame.Message.Span);
        return true;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message) => connection.TakeFromClientAsync(message);

    public async ValueTask CloseAsync(TimeSpan budget)
    {
        var answered = connection.CloseFromClient();
        if (_closeCode is not null) return;
        try
        {
            await answered.WaitAsync(budget, connection.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Abort();
        }
    }

    public void Abort() => connection.AbortFromClient();

    public ValueTask DisposeAsync()
    {
        if (!connection.Closed.IsCompleted) connection.AbortFromClient();
        connection.ReleaseClient();
        return ValueTask.CompletedTask;
    }
}
