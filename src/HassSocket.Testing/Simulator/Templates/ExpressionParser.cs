namespace HassSocket.Testing.Simulator;

/// <summary>An expression, ready to be evaluated.</summary>
internal delegate object? TemplateExpression(RenderScope scope);

/// <summary>Reads an expression of Jinja: from the loosest binding (<c>a if b else c</c>) down to a single value.</summary>
internal sealed class ExpressionParser(List<TemplateToken> tokens, string missingEnd)
{
    private static readonly string[][] Levels = [["~"], ["+", "-"], ["*", "/", "//", "%"]];

    private static readonly string[] Comparisons = ["==", "!=", "<", ">", "<=", ">=", "in"];

    private int _at;

    public bool IsAtEnd => _at >= tokens.Count;

    public TemplateToken Next => IsAtEnd ? new TemplateToken(TokenKind.End, "") : tokens[_at];

    public TemplateExpression Read()
    {
        var value = ReadOr();
        if (!SkipName("if")) return value;
        var condition = ReadOr();
        TemplateExpression otherwise = SkipName("else") ? Read() : _ => new Undefined("the inline if-expression evaluated to false and no else section was defined.");
        return scope => PythonValue.IsTrue(condition(scope)) ? value(scope) : otherwise(scope);
    }

    /// <summary>Reads what stands before an <c>if</c> that belongs to somebody else.</summary>
    public TemplateExpression ReadOperand() => ReadOr();

    /// <summary>Reads everything that is there.</summary>
    public TemplateExpression ReadAll()
    {
        var expression = Read();
        ExpectEnd();
        return expression;
    }

    public void ExpectEnd()
    {
        if (!IsAtEnd) throw TemplateErrorException.Syntax($"expected token '{missingEnd}', got '{Next.Text}'");
    }

    public string ReadName()
    {
        var token = Next;
        if (token.Kind != TokenKind.Name) throw Unexpected();
        _at++;
        return token.Text;
    }

    public bool SkipName(string name) => Skip(TokenKind.Name, name);

    public bool Skip(string sign) => Skip(TokenKind.Operator, sign);

    /// <summary>The name before the <c>=</c> of a named argument.</summary>
    public string? SkipArgumentName()
    {
        if (Next.Kind != TokenKind.Name || _at + 1 >= tokens.Count || tokens[_at + 1] is not { Kind: TokenKind.Operator, Text: "=" }) return null;
        var name = Next.Text;
        _at += 2;
        return name;
    }

    public TemplateToken Take()
    {
        if (IsAtEnd) throw Unexpected();
        return tokens[_at++];
    }

    public void Expect(string sign)
    {
        if (!Skip(sign)) throw TemplateErrorException.Syntax($"expected token '{sign}', got '{(IsAtEnd ? missingEnd : Next.Text)}'");
    }

    private TemplateExpression ReadOr()
    {
        var left = ReadAnd();
        while (SkipName("or"))
        {
            var (first, second) = (left, ReadAnd());
            left = scope => first(scope) is { } value && PythonValue.IsTrue(value) ? value : second(scope);
        }

        return left;
    }

    private TemplateExpression ReadAnd()
    {
        var left = ReadNot();
        while (SkipName("and"))
        {
            var (first, second) = (left, ReadNot());
            left = scope => first(scope) is var value && PythonValue.IsTrue(value) ? second(scope) : value;
        }

        return left;
    }

    private TemplateExpression ReadNot()
    {
        if (!SkipName("not")) return ReadComparison();
        var value = ReadNot();
        return scope => !PythonValue.IsTrue(value(scope));
    }

    private TemplateExpression ReadComparison()
    {
        var left = ReadLevel(0);
        while (ComparisonSign() is { } sign)
        {
            var (first, second) = (left, ReadLevel(0));
            left = scope => Operators.Apply(sign, first(scope), second(scope), scope);
        }

        return left;
    }

    private string? ComparisonSign()
    {
        var isNotIn = Next is { Kind: TokenKind.Name, Text: "not" } && _at + 1 < tokens.Count && tokens[_at + 1].Text == "in";
        if (isNotIn)
        {
            _at += 2;
            return "not in";
        }

        var token = Next;
        if (token.Kind is not (TokenKind.Operator or TokenKind.Name) || !Comparisons.Contains(token.Text)) return null;
        _at++;
        return token.Text;
    }

    private TemplateExpression ReadLevel(int level)
    {
        if (level == Levels.Length) return ReadUnary();
        var left = ReadLevel(level + 1);
        while (Next.Kind == TokenKind.Operator && Levels[level].Contains(Next.Text))
        {
            var sign = tokens[_at++].Text;
            var (first, second) = (left, ReadLevel(level + 1));
            left = scope => Operators.Apply(sign, first(scope), second(scope), scope);
        }

        return left;
    }

    private TemplateExpression ReadUnary()
    {
        if (Skip("-"))
        {
            var value = ReadUnary();
            return scope => Operators.Negate(value(scope), scope);
        }

        if (Skip("+")) return ReadUnary();
        var operand = new OperandParser(this).Read();
        if (!Skip("**")) return operand;
        var power = ReadUnary();
        return scope => Operators.Apply("**", operand(scope), power(scope), scope);
    }

    private TemplateErrorException Unexpected() => TemplateErrorException.Syntax(IsAtEnd
        ? $"unexpected '{missingEnd}'"
        : $"unexpected '{Next.Text}'");

    private bool Skip(TokenKind kind, string text)
    {
        if (Next.Kind != kind || Next.Text != text) return false;
        _at++;
        return true;
    }
}
