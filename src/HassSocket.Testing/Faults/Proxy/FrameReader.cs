using System.Buffers.Binary;

namespace HassSocket.Testing.Faults;

/// <summary>Reads a byte stream piece by piece: the head of an HTTP message, then whole WebSocket frames, masked or not.</summary>
internal sealed class FrameReader(Stream source)
{
    private const int LongestHead = 64 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads up to and with the empty line that ends an HTTP head.</summary>
    /// <returns>Its bytes, valid until the next read; empty when the stream ended before.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (end >= 0) return Take(end + 4);
            if (_end - _start > LongestHead || !await FillAsync(_end - _start + 1, cancellationToken).ConfigureAwait(false)) return default;
        }
    }

    /// <summary>Reads one whole frame.</summary>
    /// <returns>Its bytes, valid until the next read; empty when the stream ended.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadFrameAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(2, cancellationToken).ConfigureAwait(false)) return default;
        if (!await FillAsync(HeaderLength, cancellationToken).ConfigureAwait(false)) return default;
        var whole = HeaderLength + PayloadLength;
        return await FillAsync(whole, cancellationToken).ConfigureAwait(false) ? Take(whole) : default;
    }

    /// <summary>Reads what comes, whatever it is.</summary>
    /// <returns>Bytes, valid until the next read; empty when the stream ended.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAnyAsync(CancellationToken cancellationToken)
    {
        _ = await FillAsync(1, cancellationToken).ConfigureAwait(false);
        return Take(_end - _start);
    }

    private int LengthCode => _buffer[_start + 1] & 0x7F;

    private int LengthBytes => LengthCode switch
    {
        126 => 2,
        127 => 8,
        _ => 0,
    };

    private int HeaderLength => 2 + LengthBytes + ((_buffer[_start + 1] & 0x80) != 0 ? 4 : 0);

    private int PayloadLength => LengthBytes switch
    {
        2 => BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start + 2)),
        8 => checked((int)BinaryPrimitives.ReadInt64BigEndian(_buffer.AsSpan(_start + 2))),
        _ => LengthCode,
    };

    private ReadOnlyMemory<byte> Take(int length)
    {
        var taken = _buffer.AsMemory(_start, length);
        _start += length;
        return taken;
    }

    private async ValueTask<bool> FillAsync(int needed, CancellationToken cancellationToken)
    {
        if (_end - _start >= needed) return true;
        MakeRoom(needed);
        while (_end - _start < needed)
        {
            var count = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (count == 0) return false;
            _end += count;
        }

        return true;
    }

    private void MakeRoom(int needed)
    {
        if (_buffer.Length - _start >= needed && _end < _buffer.Length) return;
        var target = needed > _buffer.Length ? new byte[Math.Max(needed, _buffer.Length * 2)] : _buffer;
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        (_buffer, _end, _start) = (target, _end - _start, 0);
    }
}
