using System.Globalization;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>What a template can call.</summary>
internal static class TemplateFunctions
{
    private const long LongestRange = 100_000;

    private static readonly string[] FiltersThatAreFunctions = ["float", "int", "bool", "min", "max", "is_number", "as_timestamp", "as_datetime", "as_local", "iif", "slugify"];

    private static readonly Dictionary<string, TemplateFunction> Known = new()
    {
        ["state_attr"] = StateAttribute,
        ["is_state"] = (call, scope) => AllStates.One(call.Text(0, "entity_id", scope), scope) is { } state && Matches(call.Get(1, "value"), state.State),
        ["is_state_attr"] = (call, scope) => Operators.AreEqual(StateAttribute(call, scope), call.Get(2, "value")),
        ["has_value"] = (call, scope) => AllStates.One(call.Text(0, "entity_id", scope), scope)?.State is not (null or "unknown" or "unavailable"),
        ["now"] = (_, scope) => At(scope, scope.House.LocalNow()),
        ["utcnow"] = (_, scope) => At(scope, scope.House.Now),
        ["today_at"] = (call, scope) => TodayAt(call, scope),
        ["timedelta"] = (call, _) => Span(call),
        ["range"] = Range,
        ["namespace"] = (call, _) => new Dictionary<string, object?>(call.Named),
        ["dict"] = (call, _) => new Dictionary<string, object?>(call.Named),
    };

    public static TemplateFunction? Find(string name)
    {
        if (Known.TryGetValue(name, out var function)) return function;
        if (!FiltersThatAreFunctions.Contains(name) || TemplateFilters.Find(name) is not { } filter) return null;
        return (call, scope) =>
        {
            if (name is "min" or "max" && call.Positional.Count > 1) return filter(call.Positional, TemplateArguments.None, scope);
            var (value, rest) = call.Split(scope, name);
            return filter(value, rest, scope);
        };
    }

    /// <summary><c>states('light.desk')</c>; what does not exist is unknown.</summary>
    public static object States(TemplateArguments call, RenderScope scope)
    {
        var state = AllStates.One(call.Text(0, "entity_id", scope), scope);
        if (state is null) return "unknown";
        return PythonValue.IsTrue(call.Get(2, "with_unit", false)) && state.Attributes["unit_of_measurement"].Text() is { } unit ? $"{state.State} {unit}" : state.State;
    }

    private static object? StateAttribute(TemplateArguments call, RenderScope scope)
        => AllStates.One(call.Text(0, "entity_id", scope), scope)?.Attributes.TryGetPropertyValue(call.Text(1, "name", scope), out JsonNode? value) == true
            ? PythonValue.FromJson(value)
            : null;

    private static bool Matches(object? wanted, string state)
        => wanted is IReadOnlyList<object?> any ? any.Any(one => one is string text && text == state) : wanted is string only && only == state;

    private static DateTimeOffset At(RenderScope scope, DateTimeOffset time)
    {
        scope.Listeners.Time = true;
        return time;
    }

    private static DateTimeOffset TodayAt(TemplateArguments call, RenderScope scope)
    {
        var now = At(scope, scope.House.LocalNow());
        return TimeSpan.TryParse(call.Text(0, "time_str", scope) is { Length: > 0 } text ? text : "00:00", CultureInfo.InvariantCulture, out var time)
            ? new DateTimeOffset(now.Date + time, now.Offset)
            : throw TemplateErrorException.Value($"could not convert str to datetime: '{call.Get(0, "time_str")}'");
    }

    private static TimeSpan Span(TemplateArguments call)
    {
        string[] names = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];
        double[] lengths = [86400, 1, 1e-6, 1e-3, 60, 3600, 604800];
        return TimeSpan.FromSeconds(names.Select((name, i) => (PythonValue.Number(call.Get(i, name, 0L)) ?? 0) * lengths[i]).Sum());
    }

    private static List<object?> Range(TemplateArguments call, RenderScope scope)
    {
        var numbers = call.Positional.Select(value => value is long whole
            ? whole
            : throw TemplateErrorException.Type($"'{PythonValue.TypeName(value)}' object cannot be interpreted as an integer")).ToArray();
        var (start, stop, step) = numbers.Length switch
        {
            0 => throw TemplateErrorException.Type("range expected at least 1 argument, got 0"),
            1 => (0L, numbers[0], 1L),
            2 => (numbers[0], numbers[1], 1L),
            _ => (numbers[0], numbers[1], numbers[2]),
        };
        if (step == 0) throw TemplateErrorException.Value("range() arg 3 must not be zero");
        var count = Math.Max(0, (stop - start + step - Math.Sign(step)) / step);
        if (count > LongestRange)
            throw new TemplateErrorException("OverflowError", $"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({LongestRange}).");
        return Enumerable.Range(0, (int)count).Select(i => (object?)(start + i * step)).ToList();
    }
}
