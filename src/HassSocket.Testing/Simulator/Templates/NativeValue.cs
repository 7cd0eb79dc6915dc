using System.Text.RegularExpressions;

namespace HassSocket.Testing.Simulator;

/// <summary>Turns the text that a template gave into the value that it spells: <c>2.0</c>, <c>True</c>, <c>[1, 2]</c>; or leaves it a text.</summary>
internal static partial class NativeValue
{
    public static object? Of(string rendered)
    {
        var text = rendered.Trim();
        try
        {
            var (tokens, _) = TemplateLexer.Read(text, 0, "");
            var at = 0;
            var value = Read(tokens, ref at);
            if (at < tokens.Count || value is string) return text;
            return value is long or double && !Numeric().IsMatch(text) ? text : value;
        }
        catch (TemplateErrorException)
        {
            return text;
        }
    }

    private static object? Read(List<TemplateToken> tokens, ref int at)
    {
        var token = at < tokens.Count ? tokens[at++] : throw NoLiteral();
        return token switch
        {
            { Kind: TokenKind.Number or TokenKind.Text } => token.Value,
            { Kind: TokenKind.Name, Text: "True" } => true,
            { Kind: TokenKind.Name, Text: "False" } => false,
            { Kind: TokenKind.Name, Text: "None" } => null,
            { Kind: TokenKind.Operator, Text: "-" or "+" } => Signed(token.Text, Read(tokens, ref at)),
            { Kind: TokenKind.Operator, Text: "[" } => ReadList(tokens, ref at, "]"),
            { Kind: TokenKind.Operator, Text: "(" } => ReadList(tokens, ref at, ")"),
            { Kind: TokenKind.Operator, Text: "{" } => ReadMap(tokens, ref at),
            _ => throw NoLiteral(),
        };
    }

    private static object Signed(string sign, object? value) => (sign, value) switch
    {
        ("-", long whole) => -whole,
        ("-", double number) => -number,
        (_, long or double) => value,
        _ => throw NoLiteral(),
    };

    private static List<object?> ReadList(List<TemplateToken> tokens, ref int at, string end)
    {
        var list = new List<object?>();
        while (!Skip(tokens, ref at, end))
        {
            list.Add(Read(tokens, ref at));
            if (!Skip(tokens, ref at, ",") && !Is(tokens, at, end)) throw NoLiteral();
        }

        return list;
    }

    private static Dictionary<string, object?> ReadMap(List<TemplateToken> tokens, ref int at)
    {
        var map = new Dictionary<string, object?>();
        while (!Skip(tokens, ref at, "}"))
        {
            var key = Read(tokens, ref at);
            if (!Skip(tokens, ref at, ":")) throw NoLiteral();
            map[key as string ?? PythonValue.Repr(key)] = Read(tokens, ref at);
            if (!Skip(tokens, ref at, ",") && !Is(tokens, at, "}")) throw NoLiteral();
        }

        return map;
    }

    private static bool Is(List<TemplateToken> tokens, int at, string text)
        => at < tokens.Count && tokens[at].Kind == TokenKind.Operator && tokens[at].Text == text;

    private static bool Skip(List<TemplateToken> tokens, ref int at, string text)
    {
        if (!Is(tokens, at, text)) return false;
        at++;
        return true;
    }

    private static TemplateErrorException NoLiteral() => TemplateErrorException.Value("malformed node or string");

    [GeneratedRegex(@"^[+-]?(?!0\d)\d*(?:\.\d*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Numeric();
}
