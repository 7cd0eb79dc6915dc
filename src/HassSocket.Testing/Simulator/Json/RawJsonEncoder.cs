using System.Text.Encodings.Web;

namespace HassSocket.Testing.Simulator;

/// <summary>Escapes only what JSON demands, as Home Assistant does: all else goes out as raw UTF-8, emoji and U+2028 included.</summary>
internal sealed unsafe class RawJsonEncoder : JavaScriptEncoder
{
    public static readonly RawJsonEncoder Instance = new();

    private RawJsonEncoder()
    {
    }

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            if (WillEncode(text[i])) return i;
        }

        return -1;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var escaped = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            < ' ' => $"\\u{unicodeScalar:x4}",
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        var fits = escaped.AsSpan().TryCopyTo(new Span<char>(buffer, bufferLength));
        numberOfCharactersWritten = fits ? escaped.Length : 0;
        return fits;
    }

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is '"' or '\\' or < ' ';
}
