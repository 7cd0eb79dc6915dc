using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>Writes values as Python shows them, for the error texts of Home Assistant.</summary>
internal static class PythonText
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "None",
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.String => Of(value.GetString()!),
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Of))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(p => $"{Of(p.Name)}: {Of(p.Value)}"))}}}",
        _ => Number(value),
    };

    public static string Of(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        foreach (var c in text)
        {
            result.Append(c switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when c == quote => $"\\{c}",
                _ when c < ' ' => $"\\x{(int)c:x2}",
                _ => c.ToString(),
            });
        }

        return result.Append(quote).ToString();
    }

    /// <summary>A number as the server writes it back: integers as they are, everything else as the shortest double.</summary>
    public static string Number(JsonElement value)
    {
        var raw = value.GetRawText();
        return value.TryGetInt64(out _) || value.TryGetUInt64(out _) ? raw : Number(value.GetDouble());
    }

    public static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
        return text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0";
    }
}
