using System.Buffers;
using System.Text;
using System.Text.Json;

namespace HassSocket.Trpc.Dialect;

/// <summary>Finds the value by which items are told apart, wherever a transformer has put it.</summary>
internal static class OutermostMember
{
    /// <summary>The outermost scalar member of a name, as text; the first one where several are equally far out.</summary>
    public static string? Find(in ReadOnlySequence<byte> json, string name)
    {
        string? found = null;
        var depth = int.MaxValue;
        var reader = new Utf8JsonReader(json, Members.ReaderOptions);
        while (depth > 1 && reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth >= depth) continue;
            if (reader.ValueIsEscaped || !reader.ValueTextEquals(name)) continue;
            var at = reader.CurrentDepth;
            reader.Read();
            if (ReadScalar(ref reader) is not { } text) continue;
            (found, depth) = (text, at);
        }

        return found;
    }

    private static string? ReadScalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Members.ReadText(ref reader),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False =>
            Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        _ => null,
    };
}
