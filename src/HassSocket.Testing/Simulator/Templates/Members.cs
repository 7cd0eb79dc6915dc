using System.Globalization;

namespace HassSocket.Testing.Simulator;

/// <summary>What stands behind a dot, or between brackets.</summary>
internal static class Members
{
    public static object? Of(object? owner, string name, RenderScope scope) => owner switch
    {
        Undefined undefined => throw undefined.Fail(scope),
        IStates states => (object?)states.Member(name, scope) ?? Undefined.Member(owner, name),
        SimulatedState state => OfState(state, name),
        IReadOnlyDictionary<string, object?> map => map.TryGetValue(name, out var value) ? value : OfMap(map, name) ?? Undefined.Member(owner, name),
        string text => OfText(text, name) ?? Undefined.Member(owner, name),
        DateTimeOffset time => OfTime(time, name),
        TimeSpan span => OfSpan(span, name),
        _ => Undefined.Member(owner, name),
    };

    public static object? At(object? owner, object? index, RenderScope scope) => (owner, index) switch
    {
        (Undefined undefined, _) => throw undefined.Fail(scope),
        (IReadOnlyList<object?> list, long at) => ItemAt(list, at),
        (string text, long at) => ItemAt([.. text.Select(c => (object?)c.ToString())], at),
        (IReadOnlyDictionary<string, object?> map, _) when map.TryGetValue(PythonValue.Text(index, scope), out var value) => value,
        (_, string name) => Of(owner, name, scope),
        _ => Undefined.Member(owner, PythonValue.Text(index, scope)),
    };

    private static object? ItemAt(IReadOnlyList<object?> list, long at)
    {
        var index = at < 0 ? at + list.Count : at;
        return index >= 0 && index < list.Count ? list[(int)index] : new Undefined($"list object has no element {at}");
    }

    private static object? OfState(SimulatedState state, string name) => name switch
    {
        "state" => state.State,
        "entity_id" => state.EntityId,
        "domain" => state.Domain,
        "object_id" => state.EntityId[(state.Domain.Length + 1)..],
        "name" => state.Attributes["friendly_name"].Text() ?? state.EntityId[(state.Domain.Length + 1)..].Replace('_', ' '),
        "attributes" => PythonValue.FromJson(state.Attributes),
        "last_changed" => state.LastChanged,
        "last_updated" => state.LastUpdated,
        "last_reported" => state.LastReported,
        "state_with_unit" => state.Attributes["unit_of_measurement"].Text() is { } unit ? $"{state.State} {unit}" : state.State,
        _ => Undefined.Member(state, name),
    };

    private static object? OfMap(IReadOnlyDictionary<string, object?> map, string name) => name switch
    {
        "keys" => Function(_ => map.Keys.ToList<object?>()),
        "values" => Function(_ => map.Values.ToList()),
        "items" => Function(_ => map.Select(pair => (object?)new List<object?> { pair.Key, pair.Value }).ToList()),
        "get" => Function(arguments => map.GetValueOrDefault(PythonValue.Repr(arguments.Get(0, "key")).Trim('\''), arguments.Get(1, "default"))),
        _ => null,
    };

    private static object? OfText(string text, string name) => name switch
    {
        "lower" => Function(_ => text.ToLowerInvariant()),
        "upper" => Function(_ => text.ToUpperInvariant()),
        "title" => Function(_ => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant())),
        "strip" => Function(_ => text.Trim()),
        "split" => Function(arguments => arguments.Get(0, "sep") is string sign
            ? text.Split(sign).ToList<object?>()
            : text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList<object?>()),
        "startswith" => Function(arguments => arguments.Get(0, "prefix") is string part && text.StartsWith(part, StringComparison.Ordinal)),
        "endswith" => Function(arguments => arguments.Get(0, "suffix") is string part && text.EndsWith(part, StringComparison.Ordinal)),
        "replace" => Function(arguments => arguments.Get(0, "old") is string { Length: > 0 } old ? text.Replace(old, arguments.Get(1, "new") as string ?? "", StringComparison.Ordinal) : text),
        _ => null,
    };

    private static object? OfTime(DateTimeOffset time, string name) => name switch
    {
        "year" => (long)time.Year,
        "month" => (long)time.Month,
        "day" => (long)time.Day,
        "hour" => (long)time.Hour,
        "minute" => (long)time.Minute,
        "second" => (long)time.Second,
        "microsecond" => time.Ticks / TimeSpan.TicksPerMicrosecond % 1_000_000,
        "timestamp" => Function(_ => IsoTime.Epoch(time)),
        "isoformat" => Function(_ => PythonValue.Time(time, 'T')),
        "weekday" => Function(_ => ((long)time.DayOfWeek + 6) % 7),
        "isoweekday" => Function(_ => ((long)time.DayOfWeek + 6) % 7 + 1),
        "strftime" => Function(arguments => StrfTime.Write(time, arguments.Get(0, "format") as string ?? "")),
        _ => Undefined.Member(time, name),
    };

    private static object? OfSpan(TimeSpan span, string name) => name switch
    {
        "days" => (long)Math.Floor(span.TotalDays),
        "seconds" => (long)(span.TotalSeconds - Math.Floor(span.TotalDays) * 86400),
        "total_seconds" => Function(_ => span.TotalSeconds),
        _ => Undefined.Member(span, name),
    };

    private static TemplateFunction Function(Func<TemplateArguments, object?> body) => (arguments, _) => body(arguments);
}
