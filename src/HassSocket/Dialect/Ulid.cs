namespace HassSocket.Dialect;

/// <summary>The id of a context as real servers make it: 26 characters of Crockford's alphabet, which say 128 bits.</summary>
/// <remarks>It takes a fifth of the memory of its text. Only what <see cref="ToString"/> gives back exactly is read.</remarks>
internal readonly struct Ulid
{
    private const int Characters = 26;
    private const int BitsOfOne = 5;
    private const int Mask = 31;
    private static readonly UInt128 MostBeforeLast = UInt128.MaxValue >> BitsOfOne;
    private readonly ulong _high;
    private readonly ulong _low;

    private Ulid(UInt128 value) => (_high, _low) = ((ulong)(value >> 64), (ulong)value);

    private static ReadOnlySpan<byte> Alphabet => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8;

    public static bool TryRead(ReadOnlySpan<byte> text, out Ulid ulid)
    {
        ulid = default;
        if (text.Length != Characters) return false;
        UInt128 value = 0;
        foreach (var character in text)
        {
            var digit = Alphabet.IndexOf(character);
            if (digit < 0 || value > MostBeforeLast) return false;
            value = (value << BitsOfOne) | (uint)digit;
        }

        ulid = new Ulid(value);
        return true;
    }

    public override string ToString() => string.Create(Characters, new UInt128(_high, _low), static (text, value) =>
    {
        for (var i = text.Length - 1; i >= 0; i--, value >>= BitsOfOne) text[i] = (char)Alphabet[(int)(value & Mask)];
    });
}
