namespace HassSocket.Testing.Simulator;

/// <summary>What can stand behind <c>is</c>.</summary>
internal delegate bool TemplateTest(object? value, TemplateArguments arguments, RenderScope scope);

/// <summary>The tests that templates know.</summary>
internal static class TemplateTests
{
    private static readonly Dictionary<string, TemplateTest> Known = new()
    {
        ["defined"] = (value, _, _) => value is not Undefined,
        ["undefined"] = (value, _, _) => value is Undefined,
        ["none"] = (value, _, _) => value is null,
        ["true"] = (value, _, _) => value is true,
        ["false"] = (value, _, _) => value is false,
        ["boolean"] = (value, _, _) => value is bool,
        ["number"] = (value, _, _) => PythonValue.Number(value) is not null,
        ["integer"] = (value, _, _) => value is long,
        ["float"] = (value, _, _) => value is double,
        ["string"] = (value, _, _) => value is string,
        ["list"] = (value, _, _) => value is IReadOnlyList<object?>,
        ["mapping"] = (value, _, _) => value is IReadOnlyDictionary<string, object?>,
        ["iterable"] = (value, _, _) => value is string or IStates or IReadOnlyList<object?> or IReadOnlyDictionary<string, object?>,
        ["even"] = (value, _, _) => value is long whole && whole % 2 == 0,
        ["odd"] = (value, _, _) => value is long whole && whole % 2 != 0,
        ["in"] = (value, call, scope) => Operators.Apply("in", value, call.Get(0, "seq"), scope) is true,
        ["eq"] = Compare("=="),
        ["equalto"] = Compare("=="),
        ["ne"] = Compare("!="),
        ["gt"] = Compare(">"),
        ["greaterthan"] = Compare(">"),
        ["ge"] = Compare(">="),
        ["lt"] = Compare("<"),
        ["lessthan"] = Compare("<"),
        ["le"] = Compare("<="),
        ["is_number"] = (value, _, _) => PythonValue.Parse(value) is not null,
    };

    public static TemplateTest? Find(string name) => Known.GetValueOrDefault(name);

    private static TemplateTest Compare(string sign) => (value, call, scope) => Operators.Apply(sign, value, call.Get(0, "other"), scope) is true;
}
