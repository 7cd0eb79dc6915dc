using System.Globalization;
using System.Text;

namespace HassSocket.Testing.Simulator;

internal enum TokenKind
{
    Name,
    Number,
    Text,
    Operator,
    End,
}

/// <summary>One word of an expression; a number or a text has its value with it.</summary>
internal readonly record struct TemplateToken(TokenKind Kind, string Text, object? Value = null);

/// <summary>Takes the words of an expression apart.</summary>
internal static class TemplateLexer
{
    private static readonly string[] LongOperators = ["==", "!=", "<=", ">=", "//", "**"];

    /// <summary>Reads up to the end mark, such as <c>}}</c>, or to the end of the source.</summary>
    /// <returns>The words, and where the source goes on; less than zero when the mark is missing.</returns>
    public static (List<TemplateToken> Tokens, int Next) Read(string source, int at, string endMark)
    {
        var tokens = new List<TemplateToken>();
        var depth = 0;
        while (at < source.Length)
        {
            if (depth == 0 && endMark.Length > 0 && (IsAt(source, at, endMark) || IsAt(source, at, "-" + endMark))) return (tokens, at);
            if (char.IsWhiteSpace(source[at]))
            {
                at++;
                continue;
            }

            var token = ReadOne(source, ref at);
            if (token.Text is "{" or "[" or "(" && token.Kind == TokenKind.Operator) depth++;
            if (token.Text is "}" or "]" or ")" && token.Kind == TokenKind.Operator) depth--;
            tokens.Add(token);
        }

        return (tokens, -1);
    }

    private static bool IsAt(string source, int at, string mark) => string.CompareOrdinal(source, at, mark, 0, mark.Length) == 0;

    private static TemplateToken ReadOne(string source, ref int at)
    {
        var c = source[at];
        if (c is '\'' or '"') return ReadText(source, ref at);
        if (char.IsAsciiDigit(c)) return ReadNumber(source, ref at);
        if (char.IsLetter(c) || c == '_') return new TemplateToken(TokenKind.Name, Take(source, ref at, next => char.IsLetterOrDigit(next) || next == '_'));
        var rest = source.AsSpan(at);
        foreach (var known in LongOperators)
        {
            if (!rest.StartsWith(known, StringComparison.Ordinal)) continue;
            at += known.Length;
            return new TemplateToken(TokenKind.Operator, known);
        }

        if (!"+-*/%~<>=()[]{},.:|".Contains(c, StringComparison.Ordinal)) throw TemplateErrorException.Syntax($"unexpected char '{c}' at {at}");
        at++;
        return new TemplateToken(TokenKind.Operator, c.ToString());
    }

    private static TemplateToken ReadNumber(string source, ref int at)
    {
        var text = Take(source, ref at, next => char.IsAsciiDigit(next) || next == '_');
        var isWhole = true;
        if (at + 1 < source.Length && source[at] == '.' && char.IsAsciiDigit(source[at + 1]))
        {
            at++;
            text += "." + Take(source, ref at, char.IsAsciiDigit);
            isWhole = false;
        }

        if (at < source.Length && source[at] is 'e' or 'E')
        {
            text += source[at++];
            if (at < source.Length && source[at] is '+' or '-') text += source[at++];
            text += Take(source, ref at, char.IsAsciiDigit);
            isWhole = false;
        }

        text = text.Replace("_", "", StringComparison.Ordinal);
        object value = isWhole && long.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? whole : (object)double.Parse(text, CultureInfo.InvariantCulture);
        return new TemplateToken(TokenKind.Number, text, value);
    }

    private static TemplateToken ReadText(string source, ref int at)
    {
        var quote = source[at];
        var text = new StringBuilder();
        for (at++; at < source.Length; at++)
        {
            if (source[at] == quote)
            {
                at++;
                return new TemplateToken(TokenKind.Text, text.ToString(), text.ToString());
            }

            if (source[at] == '\\' && at + 1 < source.Length) text.Append(Unescape(source[++at]));
            else text.Append(source[at]);
        }

        throw TemplateErrorException.Syntax($"unexpected char {PythonText.Of(quote.ToString())} at {at - text.Length - 1}");
    }

    private static string Unescape(char c) => c switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        '\\' or '\'' or '"' => c.ToString(),
        _ => $"\\{c}",
    };

    private static string Take(string source, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < source.Length && belongs(source[at])) at++;
        return source[start..at];
    }
}
