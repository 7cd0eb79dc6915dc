using System.Text;

namespace HassSocket.Testing.Simulator;

/// <summary>A piece of a template, ready to be written.</summary>
internal delegate void TemplateNode(RenderScope scope, StringBuilder output);

/// <summary>Reads a template: text, <c>{{ … }}</c>, <c>{% if/for/set %}</c> and comments.</summary>
internal sealed class TemplateParser(string source)
{
    private static readonly TemplateNode Nothing = (_, _) => { };

    private int _at;
    private bool _trimsNext;

    /// <summary>The statement that ended the latest body, after its name.</summary>
    private (string Name, ExpressionParser Words)? _ended;

    public TemplateNode Parse() => ReadBody("", []);

    /// <summary>Reads up to one of the statements that end the body.</summary>
    private TemplateNode ReadBody(string opener, string[] ends)
    {
        var nodes = new List<TemplateNode>();
        while (true)
        {
            nodes.Add(ReadText());
            if (_at >= source.Length) break;
            switch (source[_at + 1])
            {
                case '#':
                    SkipComment();
                    break;
                case '{':
                    var value = ReadWords("}}", "end of print statement").ReadAll();
                    nodes.Add((scope, output) => output.Append(PythonValue.Text(value(scope), scope)));
                    break;
                default:
                    var words = ReadWords("%}", "end of statement block");
                    var name = words.ReadName();
                    if (!ends.Contains(name)) nodes.Add(ReadStatement(name, words));
                    else return End(name, words, nodes);
                    break;
            }
        }

        if (ends.Length == 0) return Sequence(nodes);
        throw TemplateErrorException.Syntax(
            $"Unexpected end of template. Jinja was looking for the following tags: {string.Join(" or ", ends.Select(PythonText.Of))}. " +
            $"The innermost block that needs to be closed is '{opener}'.");
    }

    private TemplateNode End(string name, ExpressionParser words, List<TemplateNode> nodes)
    {
        _ended = (name, words);
        return Sequence(nodes);
    }

    private static TemplateNode Sequence(List<TemplateNode> nodes) => (scope, output) =>
    {
        foreach (var node in nodes) node(scope, output);
    };

    /// <summary>The text up to the next mark; a minus within a mark takes the white space beside it away.</summary>
    private TemplateNode ReadText()
    {
        var start = _at;
        do _at = source.IndexOf('{', _at) is var found and >= 0 ? found : source.Length;
        while (_at + 1 < source.Length && source[_at + 1] is not ('{' or '%' or '#') && ++_at > 0);
        if (_at + 1 >= source.Length) _at = source.Length;
        var text = source[start.._at];
        if (_trimsNext) text = text.TrimStart();
        if (_at + 2 < source.Length && source[_at + 2] == '-') text = text.TrimEnd();
        _trimsNext = false;
        return text.Length == 0 ? Nothing : (_, output) => output.Append(text);
    }

    private ExpressionParser ReadWords(string endMark, string missing)
    {
        var begin = _at + 2 < source.Length && source[_at + 2] == '-' ? _at + 3 : _at + 2;
        var (tokens, next) = TemplateLexer.Read(source, begin, endMark);
        if (next < 0) throw TemplateErrorException.Syntax($"unexpected end of template, expected '{missing}'.");
        _trimsNext = source[next] == '-';
        _at = next + endMark.Length + (_trimsNext ? 1 : 0);
        return new ExpressionParser(tokens, missing);
    }

    private void SkipComment()
    {
        var end = source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0) throw TemplateErrorException.Syntax("Missing end of comment tag");
        _trimsNext = source[end - 1] == '-';
        _at = end + 2;
    }

    private TemplateNode ReadStatement(string name, ExpressionParser words) => name switch
    {
        "if" => ReadIf(words),
        "for" => ReadFor(words),
        "set" => ReadSet(words),
        _ => throw TemplateErrorException.Syntax($"Encountered unknown tag '{name}'."),
    };

    private TemplateNode ReadIf(ExpressionParser words)
    {
        var condition = words.ReadAll();
        var body = ReadBody("if", ["elif", "else", "endif"]);
        var otherwise = _ended!.Value.Name switch
        {
            "elif" => ReadIf(_ended.Value.Words),
            "else" => ReadBody("if", ["endif"]),
            _ => Nothing,
        };
        return (scope, output) => (PythonValue.IsTrue(condition(scope)) ? body : otherwise)(scope, output);
    }

    private TemplateNode ReadFor(ExpressionParser words)
    {
        var names = new List<string> { words.ReadName() };
        while (words.Skip(",")) names.Add(words.ReadName());
        if (!words.SkipName("in")) throw TemplateErrorException.Syntax("expected token 'in', got " + PythonText.Of(words.Next.Text));
        var items = words.ReadOperand();
        var filter = words.SkipName("if") ? words.Read() : null;
        words.ExpectEnd();
        var body = ReadBody("for", ["else", "endfor"]);
        var otherwise = _ended!.Value.Name == "else" ? ReadBody("for", ["endfor"]) : Nothing;
        return new TemplateLoop(names, items, filter, body, otherwise).Write;
    }

    private TemplateNode ReadSet(ExpressionParser words)
    {
        var name = words.ReadName();
        var member = words.Skip(".") ? words.ReadName() : null;
        if (words.Skip("="))
        {
            var value = words.ReadAll();
            return (scope, _) => Assign(scope, name, member, value(scope));
        }

        words.ExpectEnd();
        var body = ReadBody("set", ["endset"]);
        return (scope, _) =>
        {
            var text = new StringBuilder();
            body(scope, text);
            Assign(scope, name, member, text.ToString());
        };
    }

    private static void Assign(RenderScope scope, string name, string? member, object? value)
    {
        if (member is null) scope.Set(name, value);
        else if (scope.Find(name) is Dictionary<string, object?> space) space[member] = value;
        else throw new TemplateErrorException("TemplateRuntimeError", "cannot assign attribute on non-namespace object");
    }
}
