namespace HassSocket.Testing.Simulator;

/// <summary>Follows the frames of a byte stream by their headers alone, wherever the reads cut it.</summary>
internal sealed class FrameHeaders
{
    private const int Pong = 0xA;

    private readonly byte[] _header = new byte[14];
    private int _have;
    private long _payloadLeft;

    public int Pongs { get; private set; }

    public void Pass(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_payloadLeft > 0)
            {
                var skipped = (int)Math.Min(_payloadLeft, bytes.Length);
                _payloadLeft -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            _header[_have++] = bytes[0];
            bytes = bytes[1..];
            if (_have < 2 || _have < HeaderLength) continue;
            if ((_header[0] & 0xF) == Pong) Pongs++;
            _payloadLeft = PayloadLength;
            _have = 0;
        }
    }

    private int Short => _header[1] & 0x7F;

    private int ExtraLength => Short switch
    {
        126 => 2,
        127 => 8,
        _ => 0,
    };

    private int HeaderLength => 2 + ExtraLength + ((_header[1] & 0x80) != 0 ? 4 : 0);

    private long PayloadLength
    {
        get
        {
            if (ExtraLength == 0) return Short;
            var length = 0L;
            for (var i = 0; i < ExtraLength; i++) length = (length << 8) | _header[2 + i];
            return length;
        }
    }
}
