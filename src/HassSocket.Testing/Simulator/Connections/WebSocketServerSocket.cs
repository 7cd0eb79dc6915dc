using System.Buffers;
using System.Net.WebSockets;

namespace HassSocket.Testing.Simulator;

/// <summary>The server's end of a real WebSocket.</summary>
internal sealed class WebSocketServerSocket(WebSocket socket, FrameStream line, Action reset, int longestMessage) : IServerSocket
{
    public Action SignOfLife
    {
        set => line.SignOfLife = value;
    }

    /// <summary>Whether everything leaves byte by byte.</summary>
    public bool Dribbles
    {
        get => line.Dribbles;
        set => line.Dribbles = value;
    }

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

                // One that is too long is handed over as far as it came; whoever takes it sees that and ends the connection.
                if (part.EndOfMessage || message.WrittenCount >= longestMessage)
                    return new ServerFrame(message.WrittenMemory, part.MessageType == WebSocketMessageType.Binary);
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

    public ValueTask SendAsync(ReadOnlyMemory<byte> message) => TryAsync(
        () => socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None));

    public ValueTask PingAsync() => TryAsync(line.PingAsync);

    public ValueTask CloseAsync(int code, string reason) => TryAsync(
        () => new ValueTask(socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None)));

    public void Abort(bool isReset)
    {
        if (isReset) reset();
        line.Break();
        socket.Abort();
    }

    private async ValueTask AnswerCloseAsync()
    {
        if (socket.State == WebSocketState.CloseReceived) await CloseAsync(1000, "").ConfigureAwait(false);
    }

    /// <summary>Where the client is gone, the reading side learns of it as well and ends the connection.</summary>
    private static async ValueTask TryAsync(Func<ValueTask> send)
    {
        try
        {
            await send().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsGone(failure))
        {
        }
    }

    private static bool IsGone(Exception failure)
        => failure is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException;
}
