using System.Net.WebSockets;
using System.Text;

namespace HassSocket.Core.Tests.Support;

/// <summary>What server scripts say over an upgraded connection.</summary>
internal static class WebSocketScripts
{
    public static Task SendTextAsync(this WebSocket socket, string text, bool endOfMessage = true) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage, CancellationToken.None).AsTask();

    /// <summary>Reads one message; <see langword="null"/> when the peer closed.</summary>
    public static async Task<byte[]?> ReadMessageAsync(this WebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var piece = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (piece.MessageType == WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, piece.Count);
            if (piece.EndOfMessage) return message.ToArray();
        }
    }

    /// <summary>Sends every message back until the peer closes, then answers the close.</summary>
    public static async Task EchoAsync(this WebSocket socket)
    {
        while (await socket.ReadMessageAsync() is { } message)
            await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}
