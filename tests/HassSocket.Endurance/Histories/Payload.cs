using System.Globalization;
using System.Text;

namespace HassSocket.Endurance.Histories;

/// <summary>Texts of a chosen size that say from end to end whose they are.</summary>
internal static class Payload
{
    /// <summary>A size: mostly small, now and then larger than a segment, or than what is copied.</summary>
    public static int Size(Random random) => random.Next(300) switch
    {
        0 => random.Next(16_000, 24_000),
        < 10 => random.Next(200, 5_000),
        _ => random.Next(30),
    };

    public static string Of(long number, int size)
    {
        var piece = Piece(number);
        var text = new StringBuilder(size + piece.Length);
        while (text.Length < size) text.Append(piece);
        return text.ToString();
    }

    public static bool Is(string text, long number, int size)
    {
        var piece = Piece(number);
        var rest = text.AsSpan();
        while (rest.StartsWith(piece, StringComparison.Ordinal)) rest = rest[piece.Length..];
        return rest.IsEmpty && text.Length >= size && text.Length < size + piece.Length;
    }

    private static string Piece(long number) => number.ToString(CultureInfo.InvariantCulture) + " é😀\",";
}
