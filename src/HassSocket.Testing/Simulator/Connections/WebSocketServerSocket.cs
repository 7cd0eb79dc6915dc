using System.Buffers;
using System.Net.WebSockets;

namespace HassSocket.Testing.Simulator;

/// <summary>The server's end of a real WebSocket.</summary>
internal sealed class WebSocketServerSocket(WebSocket socket, Action reset) : IServerSocket
{
    public async ValueTask<ServerFrame?> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(message.GetMemory(16 * 1024), CancellationToken.None).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await AnswerCloseAsync().ConfigureAwait(false);
                    return null;
                }

                message.Advance(part.Count);
                if (part.EndOfMessage) return new ServerFrame(message.WrittenMemory, part.MessageType == WebSocketMessageType.Binary);
            }
        }
        catch (Exception failure) when (IsGone(failure))
        {
            return null;
        }
    }

    public bool TryReceive(out ServerFrame frame)
    {
        frame = default;
        return false;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsGone(failure))
        {
            // The reading side learns of it as well and ends the connection.
        }
    }

    public async ValueTask CloseAsync(int code, string reason)
    {
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsGone(failure))
        {
            // Nobody is left to say goodbye to.
        }
    }

    public void Abort()
    {
        reset();
        socket.Abort();
    }

    private async ValueTask AnswerCloseAsync()
    {
        if (socket.State == WebSocketState.CloseReceived) await CloseAsync(1000, "").ConfigureAwait(false);
    }

    private static bool IsGone(Exception failure)
        => failure is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException;
}
