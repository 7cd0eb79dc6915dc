using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>The practical limit: a bare <see cref="ClientWebSocket"/>, one reused buffer, one reused writer.</summary>
internal sealed class MinimalSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ArrayBufferWriter<byte> _request = new(1024);
    private readonly Utf8JsonWriter _writer;
    private byte[] _buffer = new byte[64 * 1024];

    public MinimalSocket() => _writer = new Utf8JsonWriter(_request);

    public async Task ConnectAsync(Uri address)
    {
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await _socket.ConnectAsync(address, CancellationToken.None);
        _ = await ReceiveAsync();
        await _socket.SendAsync("{\"type\":\"auth\",\"access_token\":\"t\"}"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        _ = await ReceiveAsync();
    }

    /// <summary>Sends a command that has no members of its own.</summary>
    public ValueTask SendAsync(long id, ReadOnlySpan<byte> type)
    {
        Begin(id, type);
        return SendAsync();
    }

    /// <summary>Sends the service call that all contenders make.</summary>
    public ValueTask CallServiceAsync(long id)
    {
        Begin(id, "call_service"u8);
        _writer.WriteString("domain"u8, "light"u8);
        _writer.WriteString("service"u8, "turn_on"u8);
        _writer.WriteStartObject("service_data"u8);
        _writer.WriteNumber("brightness_pct"u8, 40);
        _writer.WriteEndObject();
        _writer.WriteStartObject("target"u8);
        _writer.WriteString("entity_id"u8, "light.kitchen"u8);
        _writer.WriteEndObject();
        return SendAsync();
    }

    public ValueTask CoalesceAsync(long id)
    {
        Begin(id, "supported_features"u8);
        _writer.WriteStartObject("features"u8);
        _writer.WriteNumber("coalesce_messages"u8, 1);
        _writer.WriteEndObject();
        return SendAsync();
    }

    public ValueTask SubscribeEventsAsync(long id)
    {
        Begin(id, "subscribe_events"u8);
        _writer.WriteString("event_type"u8, "state_changed"u8);
        return SendAsync();
    }

    /// <summary>Reads one message; valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var piece = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            length += piece.Count;
            if (piece.EndOfMessage) return _buffer.AsMemory(0, length);
            if (length == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
        _writer.Dispose();
    }

    private void Begin(long id, ReadOnlySpan<byte> type)
    {
        _request.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteNumber("id"u8, id);
        _writer.WriteString("type"u8, type);
    }

    private ValueTask SendAsync()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        return _socket.SendAsync(_request.WrittenMemory, WebSocketMessageType.Text, true, CancellationToken.None);
    }
}
