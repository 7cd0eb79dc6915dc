using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace HassSocket.Dialect;

/// <summary>Finds the end of an object or array in UTF-8 JSON by its brackets alone, 32 bytes at a time.</summary>
/// <remarks>
/// It reads no value, so it does not notice one that is wrong; whoever reads what was skipped does. Brackets within texts do not
/// count, nor do quotes behind a backslash.
/// </remarks>
internal ref struct JsonSkip
{
    // '[' and '{', and ']' and '}', differ in this bit alone.
    private const byte BracketBit = 0x20;

    private int _depth;
    private uint _inText;
    private bool _isEscaped;

    /// <summary>Finds where a value ends that begins with a bracket.</summary>
    /// <returns>How long the value is; 0 where its end is not there.</returns>
    public static int LengthOf(ReadOnlySpan<byte> json)
    {
        var skip = default(JsonSkip);
        return skip.FindEnd(json);
    }

    /// <inheritdoc cref="LengthOf(ReadOnlySpan{byte})"/>
    public static long LengthOf(in ReadOnlySequence<byte> json)
    {
        var skip = default(JsonSkip);
        var before = 0L;
        foreach (var piece in json)
        {
            if (skip.FindEnd(piece.Span) is var end and > 0) return before + end;
            before += piece.Length;
        }

        return 0;
    }

    private int FindEnd(ReadOnlySpan<byte> json)
    {
        var size = Vector256<byte>.Count;
        var at = 0;
        for (; at + size <= json.Length; at += size)
        {
            if (TakeBlock(Vector256.Create(json.Slice(at, size)), size) is var end and > 0) return at + end;
        }

        if (at == json.Length) return 0;
        // The rest is looked at with blanks behind it: they mean nothing.
        Span<byte> rest = stackalloc byte[size];
        rest.Fill((byte)' ');
        json[at..].CopyTo(rest);
        return TakeBlock(Vector256.Create<byte>(rest), json.Length - at) is var last and > 0 ? at + last : 0;
    }

    /// <summary>Takes 32 bytes, of which so many count.</summary>
    /// <returns>Behind which of them the value ends; 0 where it goes on.</returns>
    private int TakeBlock(Vector256<byte> block, int count)
    {
        var quotes = Find(block, (byte)'"');
        var backslashes = Find(block, (byte)'\\');
        if (backslashes != 0 || _isEscaped) quotes &= ~TakeEscapes(backslashes, count);
        var texts = InTexts(quotes) ^ _inText;
        _inText = (uint)((int)texts >> 31);
        var brackets = block | Vector256.Create(BracketBit);
        var opens = Find(brackets, (byte)'{') & ~texts;
        var closes = Find(brackets, (byte)'}') & ~texts;
        if (BitOperations.PopCount(closes) >= _depth) return CountOneByOne(opens, closes);
        _depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
        return 0;
    }

    private int CountOneByOne(uint opens, uint closes)
    {
        for (var brackets = opens | closes; brackets != 0; brackets &= brackets - 1)
        {
            var bit = BitOperations.TrailingZeroCount(brackets);
            _depth += ((opens >> bit) & 1) != 0 ? 1 : -1;
            if (_depth == 0) return bit + 1;
        }

        return 0;
    }

    /// <summary>Finds the bytes that stand behind a backslash which itself does not.</summary>
    private uint TakeEscapes(uint backslashes, int count)
    {
        var escaped = _isEscaped ? 1u : 0;
        backslashes &= ~escaped;
        _isEscaped = false;
        while (backslashes != 0)
        {
            var bit = BitOperations.TrailingZeroCount(backslashes);
            if (bit == count - 1) _isEscaped = true;
            if (bit >= count - 1) break;
            escaped |= 2u << bit;
            backslashes &= ~(3u << bit);
        }

        return escaped;
    }

    /// <summary>Turns the places of quotes into the stretches that they enclose: each bit tells whether the quotes up to it are odd.</summary>
    private static uint InTexts(uint quotes)
    {
        quotes ^= quotes << 1;
        quotes ^= quotes << 2;
        quotes ^= quotes << 4;
        quotes ^= quotes << 8;
        return quotes ^ (quotes << 16);
    }

    private static uint Find(Vector256<byte> block, byte what) => Vector256.Equals(block, Vector256.Create(what)).ExtractMostSignificantBits();
}
