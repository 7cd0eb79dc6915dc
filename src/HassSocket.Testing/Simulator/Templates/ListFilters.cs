namespace HassSocket.Testing.Simulator;

/// <summary>The filters that go through lists.</summary>
internal static class ListFilters
{
    public static Dictionary<string, TemplateFilter> All { get; } = new()
    {
        ["list"] = (value, _, scope) => Operators.Items(value, scope).ToList(),
        ["count"] = (value, _, scope) => (long)Operators.Items(value, scope).Count,
        ["length"] = (value, _, scope) => (long)Operators.Items(value, scope).Count,
        ["first"] = (value, _, scope) => Operators.Items(value, scope) is { Count: > 0 } items ? items[0] : new Undefined("No first item, sequence was empty."),
        ["last"] = (value, _, scope) => Operators.Items(value, scope) is { Count: > 0 } items ? items[^1] : new Undefined("No last item, sequence was empty."),
        ["join"] = (value, call, scope) => string.Join(
            call.Text(0, "d", scope), Mapped(Operators.Items(value, scope), call.Get(1, "attribute"), scope).Select(item => PythonValue.Text(item, scope))),
        ["sum"] = (value, call, scope) => Mapped(Operators.Items(value, scope), call.Get(0, "attribute"), scope)
            .Aggregate((object?)(call.Get(1, "start") ?? 0L), (sum, item) => Operators.Apply("+", sum, item, scope)),
        ["min"] = (value, _, scope) => Extreme(value, scope, (a, b) => Operators.Order("<", a, b) < 0),
        ["max"] = (value, _, scope) => Extreme(value, scope, (a, b) => Operators.Order(">", a, b) > 0),
        ["sort"] = Sort,
        ["reverse"] = (value, _, scope) => value is string text ? string.Concat(text.Reverse()) : Operators.Items(value, scope).Reverse().ToList(),
        ["unique"] = (value, _, scope) => Operators.Items(value, scope).DistinctBy(PythonValue.Repr).ToList(),
        ["map"] = Map,
        ["select"] = (value, call, scope) => Select(value, call, scope, attribute: null, wanted: true),
        ["reject"] = (value, call, scope) => Select(value, call, scope, attribute: null, wanted: false),
        ["selectattr"] = (value, call, scope) => Select(value, call with { Positional = [.. call.Positional.Skip(1)] }, scope, call.Get(0, "attribute"), wanted: true),
        ["rejectattr"] = (value, call, scope) => Select(value, call with { Positional = [.. call.Positional.Skip(1)] }, scope, call.Get(0, "attribute"), wanted: false),
    };

    private static object? Extreme(object? value, RenderScope scope, Func<object?, object?, bool> isBetter)
    {
        var items = Operators.Items(value, scope);
        if (items.Count == 0) throw TemplateErrorException.Value("iterable argument is empty");
        return items.Aggregate((best, item) => isBetter(item, best) ? item : best);
    }

    private static List<object?> Sort(object? value, TemplateArguments call, RenderScope scope)
    {
        var attribute = call.Get(2, "attribute");
        var sorted = Operators.Items(value, scope).Order(Comparer<object?>.Create(
            (a, b) => Operators.Order("<", Attribute(a, attribute, scope), Attribute(b, attribute, scope)))).ToList();
        if (PythonValue.IsTrue(call.Get(0, "reverse", false))) sorted.Reverse();
        return sorted;
    }

    private static List<object?> Map(object? value, TemplateArguments call, RenderScope scope)
    {
        var items = Operators.Items(value, scope);
        if (call.Named.TryGetValue("attribute", out var attribute)) return Mapped(items, attribute, scope).ToList();
        var (name, rest) = call.Split(scope, "map");
        var filter = TemplateFilters.Find(name as string ?? "") ?? throw TemplateErrorException.Syntax($"No filter named {PythonValue.Repr(name)}.");
        return items.Select(item => filter(item, rest, scope)).ToList();
    }

    private static List<object?> Select(object? value, TemplateArguments call, RenderScope scope, object? attribute, bool wanted)
    {
        TemplateTest test = (item, _, _) => PythonValue.IsTrue(item);
        if (call.Positional.Count > 0)
        {
            var (name, rest) = call.Split(scope, "select");
            var named = TemplateTests.Find(name as string ?? "") ?? throw TemplateErrorException.Syntax($"No test named {PythonValue.Repr(name)}.");
            test = (item, _, _) => named(item, rest, scope);
        }

        return Operators.Items(value, scope).Where(item => test(Attribute(item, attribute, scope), call, scope) == wanted).ToList();
    }

    private static IEnumerable<object?> Mapped(IEnumerable<object?> items, object? attribute, RenderScope scope) => items.Select(item => Attribute(item, attribute, scope));

    /// <summary>A member of a member, as <c>attributes.brightness</c>.</summary>
    private static object? Attribute(object? item, object? path, RenderScope scope)
        => path is not string names ? item : names.Split('.').Aggregate(item, (owner, name) => owner is Undefined ? owner : Members.Of(owner, name, scope));
}
