using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace HassSocket.Benchmarks.Load;

/// <summary>The server's side of a WebSocket over a blocking socket: upgrade, masked frames in, plain frames out.</summary>
internal sealed class FrameStream(Socket socket) : IDisposable
{
    private const int CloseOpcode = 8;
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether a whole frame lies in the buffer, so that reading it does not block.</summary>
    public bool HasFrame => _end - _start >= 2 && TryMeasure(out var header, out var length) && _end - _start >= header + length;

    /// <summary>Answers the upgrade.</summary>
    /// <returns>The path that was asked for.</returns>
    public string Upgrade()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0) Fill();
        var lines = Encoding.ASCII.GetString(_buffer, _start, length).Split("\r\n");
        _start += length + 4;
        var key = lines.First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
#pragma warning disable CA5350 // The protocol wants this hash; nothing is kept secret by it.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        Write(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        return lines[0].Split(' ')[1];
    }

    /// <summary>Reads one message; valid until the next call.</summary>
    /// <exception cref="EndOfStreamException">The client has said goodbye.</exception>
    public ReadOnlySpan<byte> Read()
    {
        int header;
        int length;
        while (!TryMeasure(out header, out length)) Fill();
        while (_end - _start < header + length) Fill();
        var frame = _buffer.AsSpan(_start, header + length);
        if ((frame[0] & 0x0F) == CloseOpcode) throw new EndOfStreamException();
        var payload = frame[header..];
        var mask = frame.Slice(header - 4, 4);
        for (var i = 0; i < payload.Length; i++) payload[i] ^= mask[i & 3];
        _start += header + length;
        return payload;
    }

    /// <summary>Sends bytes that are frames already.</summary>
    public void Write(ReadOnlySpan<byte> frames)
    {
        while (frames.Length > 0) frames = frames[socket.Send(frames)..];
    }

    /// <summary>Puts a message into a frame.</summary>
    public static void Append(List<byte> frames, ReadOnlySpan<byte> message)
    {
        Span<byte> header = stackalloc byte[10];
        header[0] = 0x81;
        var length = 2;
        if (message.Length < 126)
        {
            header[1] = (byte)message.Length;
        }
        else if (message.Length <= ushort.MaxValue)
        {
            header[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)message.Length);
            length = 4;
        }
        else
        {
            header[1] = 127;
            BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)message.Length);
            length = 10;
        }

        frames.AddRange(header[..length]);
        frames.AddRange(message);
    }

    public void Dispose() => socket.Dispose();

    private bool TryMeasure(out int header, out int length)
    {
        var have = _buffer.AsSpan(_start, _end - _start);
        (header, length) = (6, have.Length < 2 ? 0 : have[1] & 0x7F);
        if (length == 126) header = 8;
        if (length == 127) header = 14;
        if (have.Length < header) return false;
        if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(have[2..]);
        if (length == 127) length = checked((int)BinaryPrimitives.ReadUInt64BigEndian(have[2..]));
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = socket.Receive(_buffer.AsSpan(_end));
        if (read == 0) throw new EndOfStreamException();
        _end += read;
    }
}
