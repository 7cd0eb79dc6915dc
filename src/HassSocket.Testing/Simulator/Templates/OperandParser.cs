namespace HassSocket.Testing.Simulator;

/// <summary>Reads one value with everything that hangs on it: members, calls, filters, tests.</summary>
internal sealed class OperandParser(ExpressionParser words)
{
    public TemplateExpression Read()
    {
        var value = ReadFirst();
        while (true)
        {
            if (words.Skip(".")) value = Member(value, words.Take().Text);
            else if (words.Skip("[")) value = ReadIndex(value);
            else if (words.Skip("(")) value = Call(value, ReadArguments(")"));
            else if (words.Skip("|")) value = ReadFilter(value);
            else if (words.SkipName("is")) value = ReadTest(value);
            else return value;
        }
    }

    private TemplateExpression ReadFirst()
    {
        var token = words.Take();
        return token switch
        {
            { Kind: TokenKind.Number or TokenKind.Text } => _ => token.Value,
            { Kind: TokenKind.Name } => Name(token.Text),
            { Text: "(" } => ReadParentheses(),
            { Text: "[" } => List(ReadItems("]")),
            { Text: "{" } => ReadMap(),
            _ => throw TemplateErrorException.Syntax($"unexpected '{token.Text}'"),
        };
    }

    private static TemplateExpression Name(string name) => name switch
    {
        "true" or "True" => _ => true,
        "false" or "False" => _ => false,
        "none" or "None" => _ => null,
        _ => scope => scope.Find(name),
    };

    /// <summary>One value in parentheses, or several, which are a list.</summary>
    private TemplateExpression ReadParentheses()
    {
        var items = ReadItems(")");
        return items.Count == 1 ? items[0] : List(items);
    }

    private static TemplateExpression List(List<TemplateExpression> items) => scope => items.ConvertAll(item => item(scope));

    private List<TemplateExpression> ReadItems(string end)
    {
        var items = new List<TemplateExpression>();
        while (!words.Skip(end))
        {
            items.Add(words.Read());
            if (words.Skip(",")) continue;
            words.Expect(end);
            break;
        }

        return items;
    }

    private TemplateExpression ReadMap()
    {
        var pairs = new List<(TemplateExpression Key, TemplateExpression Value)>();
        while (!words.Skip("}"))
        {
            var key = words.Read();
            words.Expect(":");
            pairs.Add((key, words.Read()));
            if (words.Skip(",")) continue;
            words.Expect("}");
            break;
        }

        return scope => pairs.ToDictionary(pair => PythonValue.Text(pair.Key(scope), scope), pair => pair.Value(scope));
    }

    private TemplateExpression ReadIndex(TemplateExpression owner)
    {
        var index = words.Read();
        words.Expect("]");
        return scope => Members.At(owner(scope), index(scope), scope);
    }

    private static TemplateExpression Member(TemplateExpression owner, string name) => scope => Members.Of(owner(scope), name, scope);

    private static TemplateExpression Call(TemplateExpression target, Func<RenderScope, TemplateArguments> arguments) => scope => target(scope) switch
    {
        TemplateFunction function => function(arguments(scope), scope),
        AllStates => TemplateFunctions.States(arguments(scope), scope),
        Undefined undefined => throw undefined.Fail(scope),
        var other => throw TemplateErrorException.Type($"'{PythonValue.TypeName(other)}' object is not callable"),
    };

    private TemplateExpression ReadFilter(TemplateExpression value)
    {
        var name = words.ReadName();
        var filter = TemplateFilters.Find(name) ?? throw TemplateErrorException.Syntax($"No filter named '{name}'.");
        var arguments = words.Skip("(") ? ReadArguments(")") : _ => TemplateArguments.None;
        return scope => filter(value(scope), arguments(scope), scope);
    }

    private TemplateExpression ReadTest(TemplateExpression value)
    {
        var isNegated = words.SkipName("not");
        var name = words.ReadName();
        var test = TemplateTests.Find(name) ?? throw TemplateErrorException.Syntax($"No test named '{name}'.");
        Func<RenderScope, TemplateArguments> arguments = _ => TemplateArguments.None;
        if (words.Skip("(")) arguments = ReadArguments(")");
        else if (words.Next.Kind is TokenKind.Number or TokenKind.Text)
        {
            var operand = words.Take().Value;
            arguments = _ => TemplateArguments.None with { Positional = [operand] };
        }

        return scope => test(value(scope), arguments(scope), scope) != isNegated;
    }

    private Func<RenderScope, TemplateArguments> ReadArguments(string end)
    {
        var positional = new List<TemplateExpression>();
        var named = new List<(string Name, TemplateExpression Value)>();
        while (!words.Skip(end))
        {
            if (words.SkipArgumentName() is { } name) named.Add((name, words.Read()));
            else positional.Add(words.Read());
            if (words.Skip(",")) continue;
            words.Expect(end);
            break;
        }

        return scope => new TemplateArguments(
            positional.ConvertAll(value => value(scope)), named.ToDictionary(pair => pair.Name, pair => pair.Value(scope)));
    }
}
