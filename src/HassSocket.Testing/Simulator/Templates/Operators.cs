namespace HassSocket.Testing.Simulator;

/// <summary>What the signs between two values do, with the errors of Python.</summary>
internal static class Operators
{
    public static object? Apply(string sign, object? left, object? right, RenderScope scope)
    {
        if (sign == "~") return PythonValue.Text(left, scope) + PythonValue.Text(right, scope);
        if (sign is "==" or "!=") return AreEqual(left, right) == (sign == "==");
        if (sign == "in") return Contains(right, left, scope);
        if (sign == "not in") return !Contains(right, left, scope);
        if (left is Undefined one) throw one.Fail(scope);
        if (right is Undefined other) throw other.Fail(scope);
        return sign is "<" or ">" or "<=" or ">=" ? Holds(sign, Order(sign, left, right)) : Calculate(sign, left, right);
    }

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (Undefined, Undefined) => true,
        (string a, string b) => a == b,
        (DateTimeOffset a, DateTimeOffset b) => a == b,
        (TimeSpan a, TimeSpan b) => a == b,
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b)
            => a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var value) && AreEqual(pair.Value, value)),
        _ when PythonValue.Number(left) is { } a && PythonValue.Number(right) is { } b => a.Equals(b),
        _ => Equals(left, right),
    };

    /// <summary>Less than zero where the first comes first.</summary>
    public static int Order(string sign, object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        _ when PythonValue.Number(left) is { } a && PythonValue.Number(right) is { } b => a.CompareTo(b),
        _ => throw TemplateErrorException.Type(
            $"'{sign}' not supported between instances of '{PythonValue.TypeName(left)}' and '{PythonValue.TypeName(right)}'"),
    };

    public static object? Negate(object? value, RenderScope scope) => value switch
    {
        Undefined undefined => throw undefined.Fail(scope),
        long whole => -whole,
        double number => -number,
        bool truth => truth ? -1L : 0L,
        TimeSpan span => -span,
        _ => throw TemplateErrorException.Type($"bad operand type for unary -: '{PythonValue.TypeName(value)}'"),
    };

    /// <summary>The items that a loop or a filter goes through.</summary>
    public static IReadOnlyList<object?> Items(object? value, RenderScope scope) => value switch
    {
        IReadOnlyList<object?> list => list,
        IReadOnlyDictionary<string, object?> map => [.. map.Keys],
        string text => [.. text.Select(c => (object?)c.ToString())],
        IStates states => states.List(scope),
        Undefined undefined => [.. undefined.Text(scope).Select(c => (object?)c)],
        _ => throw TemplateErrorException.Type($"'{PythonValue.TypeName(value)}' object is not iterable"),
    };

    private static bool Holds(string sign, int order) => sign switch
    {
        "<" => order < 0,
        ">" => order > 0,
        "<=" => order <= 0,
        _ => order >= 0,
    };

    private static bool Contains(object? owner, object? item, RenderScope scope) => (owner, item) switch
    {
        (string text, string part) => text.Contains(part, StringComparison.Ordinal),
        (string, _) => throw TemplateErrorException.Type($"'in <string>' requires string as left operand, not {PythonValue.TypeName(item)}"),
        (Undefined undefined, _) => throw undefined.Fail(scope),
        _ => Items(owner, scope).Any(other => AreEqual(other, item)),
    };

    private static object? Calculate(string sign, object? left, object? right) => (sign, left, right) switch
    {
        ("+", string a, string b) => a + b,
        ("+", string, _) => throw TemplateErrorException.Type($"can only concatenate str (not \"{PythonValue.TypeName(right)}\") to str"),
        ("+", IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Concat(b).ToList(),
        ("+", DateTimeOffset a, TimeSpan b) => a + b,
        ("-", DateTimeOffset a, DateTimeOffset b) => a - b,
        ("-", DateTimeOffset a, TimeSpan b) => a - b,
        ("+", TimeSpan a, TimeSpan b) => a + b,
        ("-", TimeSpan a, TimeSpan b) => a - b,
        ("*", string text, long times) => string.Concat(Enumerable.Repeat(text, (int)Math.Max(0, times))),
        (not "/", not double, not double) when Number(sign, left, right) is { } whole && whole == Math.Floor(whole) && Math.Abs(whole) < long.MaxValue => (long)whole,
        _ when Number(sign, left, right) is { } number => number,
        _ => throw TemplateErrorException.Type(
            $"unsupported operand type(s) for {(sign == "**" ? "** or pow()" : sign)}: '{PythonValue.TypeName(left)}' and '{PythonValue.TypeName(right)}'"),
    };

    private static double? Number(string sign, object? left, object? right)
    {
        if (PythonValue.Number(left) is not { } a || PythonValue.Number(right) is not { } b) return null;
        if (b == 0 && sign is ("/" or "//" or "%")) throw new TemplateErrorException("ZeroDivisionError", "division by zero");
        return sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => Math.Floor(a / b),
            "%" => a - b * Math.Floor(a / b),
            _ => Math.Pow(a, b),
        };
    }
}
