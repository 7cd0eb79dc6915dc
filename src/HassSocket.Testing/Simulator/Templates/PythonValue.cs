using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The values of templates as Python sees them: <c>long</c>, <c>double</c>, <c>bool</c>, texts, lists, maps, times, nothing.</summary>
internal static class PythonValue
{
    public static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long => "int",
        double => "float",
        string => "str",
        DateTimeOffset => "datetime",
        TimeSpan => "timedelta",
        IReadOnlyDictionary<string, object?> => "dict",
        IReadOnlyList<object?> => "list",
        SimulatedState => "TemplateState",
        Undefined => "Undefined",
        _ => "object",
    };

    public static bool IsTrue(object? value) => value switch
    {
        null or false or 0L or 0.0 or "" or Undefined => false,
        IReadOnlyDictionary<string, object?> map => map.Count > 0,
        IReadOnlyList<object?> list => list.Count > 0,
        _ => true,
    };

    /// <summary>A value within a text: <c>str()</c>.</summary>
    public static string Text(object? value, RenderScope scope) => value switch
    {
        string text => text,
        Undefined undefined => undefined.Text(scope),
        DateTimeOffset time => Time(time, ' '),
        SimulatedState state => $"<template TemplateState({state.EntityId}={state.State})>",
        _ => Repr(value),
    };

    /// <summary>A value within a list or map: <c>repr()</c>.</summary>
    public static string Repr(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        string text => PythonText.Of(text),
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => PythonText.Number(number),
        DateTimeOffset time => $"datetime({Time(time, ' ')})",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, object?> map => $"{{{string.Join(", ", map.Select(pair => $"{PythonText.Of(pair.Key)}: {Repr(pair.Value)}"))}}}",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Repr))}]",
        _ => $"<{TypeName(value)}>",
    };

    public static string Time(DateTimeOffset time, char between) => time.ToString(
        $"yyyy-MM-dd'{between}'HH:mm:ss{(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : ".ffffff")}zzz", CultureInfo.InvariantCulture);

    /// <summary>A number, truth values included.</summary>
    public static double? Number(object? value) => value switch
    {
        long whole => whole,
        double number => number,
        bool truth => truth ? 1 : 0,
        _ => null,
    };

    /// <summary>A number, or a text that is one.</summary>
    public static double? Parse(object? value) => value is string text
        ? double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null
        : Number(value);

    public static object? FromJson(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => map.ToDictionary(pair => pair.Key, pair => FromJson(pair.Value)),
        JsonArray list => list.Select(FromJson).ToList(),
        _ => FromScalar(node),
    };

    public static JsonNode? ToJson(object? value) => value switch
    {
        null or Undefined => null,
        bool truth => JsonValue.Create(truth),
        long whole => JsonValue.Create(whole),
        double number => JsonNode.Parse(PythonText.Number(number)),
        string text => JsonValue.Create(text),
        DateTimeOffset time => JsonValue.Create(Time(time, 'T')),
        IReadOnlyDictionary<string, object?> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, ToJson(pair.Value)))),
        IReadOnlyList<object?> list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonValue.Create(Repr(value)),
    };

    private static object? FromScalar(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => node.GetValue<string>(),
        _ => long.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out var whole)
            ? whole
            : (object)double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
    };
}
