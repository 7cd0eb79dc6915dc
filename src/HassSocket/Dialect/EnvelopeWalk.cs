using System.Buffers;
using System.Buffers.Text;

namespace HassSocket.Dialect;

/// <summary>Walks through a frame as real servers write it: known members without blanks or escapes, in any order.</summary>
/// <remarks>
/// What is written otherwise stops it, and JSON's own reader takes the frame. Payloads are stepped over by their brackets: a wrong
/// one fails alone, where it is read.
/// </remarks>
internal ref struct EnvelopeWalk
{
    /// <summary>Longer than any token of an envelope.</summary>
    public const int ScratchSize = 64;

    private readonly ReadOnlySequence<byte> _message;
    private readonly Span<byte> _scratch;
    private ReadOnlySpan<byte> _near;
    private long _position;

    /// <summary>Begins a walk.</summary>
    /// <param name="message">The frame.</param>
    /// <param name="scratch">Room for what lies across the end of a segment: <see cref="ScratchSize"/> bytes.</param>
    public EnvelopeWalk(in ReadOnlySequence<byte> message, Span<byte> scratch)
    {
        _message = message;
        _scratch = scratch;
        _near = message.FirstSpan;
    }

    public readonly bool IsAtEnd => _position == _message.Length;

    public bool Take(byte token)
    {
        if (_near.Length == 0) Refill();
        if (_near.Length == 0 || _near[0] != token) return false;
        Advance(1);
        return true;
    }

    /// <summary>Reads the object that begins here.</summary>
    public bool TryReadItem(out WireItem item)
    {
        item = default;
        var parts = default(ItemParts);
        var start = _position;
        if (!Take((byte)'{')) return false;
        do
        {
            if (!TryReadMember(ref parts)) return false;
        }
        while (Take((byte)','));
        if (!Take((byte)'}')) return false;
        item = parts.Compose(_message, new ByteSpan(start, _position - start));
        return true;
    }

    private bool TryReadMember(ref ItemParts parts)
    {
        if (_near.Length < ScratchSize) Refill();
        if (Take("\"id\":"u8)) return TryReadKey(out parts.Key);
        if (Take("\"type\":\"event\""u8)) parts.Type = MessageType.Event;
        else if (Take("\"event\":"u8)) return TryReadPayload(out parts.Event);
        else if (Take("\"type\":\"result\""u8)) parts.Type = MessageType.Result;
        else if (Take("\"success\":true"u8)) parts.Success = true;
        else if (Take("\"success\":false"u8)) parts.Success = false;
        else if (Take("\"result\":"u8)) return TryReadPayload(out parts.Result);
        else if (Take("\"error\":"u8)) return TryReadPayload(out parts.Error);
        else if (Take("\"type\":\"pong\""u8)) parts.Type = MessageType.Pong;
        else return false;
        return true;
    }

    private bool TryReadKey(out long? key)
    {
        key = null;
        // What follows the digits must be seen, so that a fraction is not taken for a whole number.
        if (!Utf8Parser.TryParse(_near, out long number, out var digits) || digits == _near.Length || _near[digits] is not ((byte)',' or (byte)'}')) return false;
        // JSON knows no leading zeros, and no plus.
        if (_near[0] is (byte)'+' || (digits > 1 && _near[0] == (byte)'0') || (digits > 2 && _near[0] == (byte)'-' && _near[1] == (byte)'0')) return false;
        key = number;
        Advance(digits);
        return true;
    }

    private bool TryReadPayload(out ByteSpan payload)
    {
        payload = default;
        if (_near.Length == 0) Refill();
        if (_near.Length == 0) return false;
        var start = _position;
        if (_near[0] is (byte)'{' or (byte)'[')
        {
            long length = JsonSkip.LengthOf(_near);
            if (length > 0) Advance((int)length);
            else if (_position + _near.Length == _message.Length) return false;
            else if ((length = JsonSkip.LengthOf(_message.Slice(_position))) > 0) Jump(length);
            else return false;
        }
        else if (!Take("null"u8))
        {
            return false;
        }

        payload = new ByteSpan(start, _position - start);
        return true;
    }

    private bool Take(ReadOnlySpan<byte> text)
    {
        if (!_near.StartsWith(text)) return false;
        Advance(text.Length);
        return true;
    }

    private void Advance(int count)
    {
        _near = _near[count..];
        _position += count;
    }

    private void Jump(long count)
    {
        _position += count;
        _near = default;
    }

    private void Refill()
    {
        if (_position + _near.Length == _message.Length) return;
        var rest = _message.Slice(_position);
        if (rest.IsSingleSegment || rest.FirstSpan.Length >= _scratch.Length)
        {
            _near = rest.FirstSpan;
            return;
        }

        var count = (int)Math.Min(rest.Length, _scratch.Length);
        rest.Slice(0, count).CopyTo(_scratch);
        _near = _scratch[..count];
    }
}
