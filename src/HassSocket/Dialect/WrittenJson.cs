namespace HassSocket.Dialect;

/// <summary>Walks through JSON that is written as expected: these members, in this order, without blanks or escapes.</summary>
/// <remarks>Every step says whether it found what it looked for; where one did not, a reader of tokens has to begin anew.</remarks>
internal ref struct WrittenJson(ReadOnlySpan<byte> json)
{
    private ReadOnlySpan<byte> _rest = json;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Passes exactly this.</summary>
    public bool Pass(ReadOnlySpan<byte> text)
    {
        if (!_rest.StartsWith(text)) return false;
        _rest = _rest[text.Length..];
        return true;
    }

    /// <summary>Reads what is left of a text, up to and with its closing quote.</summary>
    public bool ReadText(out ReadOnlySpan<byte> text)
    {
        var end = _rest.IndexOfAny((byte)'"', (byte)'\\');
        text = end < 0 ? default : _rest[..end];
        if (end < 0 || _rest[end] != (byte)'"') return false;
        _rest = _rest[(end + 1)..];
        return true;
    }

    /// <summary>Reads a text or null; a null is empty.</summary>
    public bool ReadTextOrNull(out ReadOnlySpan<byte> text)
    {
        text = default;
        return Pass("null"u8) || (Pass("\""u8) && ReadText(out text));
    }

    /// <summary>Reads a number without a sign or an exponent, as a text.</summary>
    public bool ReadNumber(out ReadOnlySpan<byte> digits)
    {
        var length = CountDigits(_rest);
        digits = default;
        if (length == 0) return false;
        if (_rest[length..] is [(byte)'.', .. var fraction])
        {
            if (CountDigits(fraction) is not (var more and > 0)) return false;
            length += 1 + more;
        }

        digits = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    /// <summary>Reads an object as a whole.</summary>
    public bool ReadObject(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_rest.IsEmpty || _rest[0] != (byte)'{' || JsonSkip.LengthOf(_rest) is not (var length and > 0)) return false;
        value = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        var other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }
}
