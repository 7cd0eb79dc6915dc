using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>What can stand behind a <c>|</c>.</summary>
internal delegate object? TemplateFilter(object? value, TemplateArguments arguments, RenderScope scope);

/// <summary>The filters that templates know; those of lists are in <see cref="ListFilters"/>.</summary>
internal static class TemplateFilters
{
    private static readonly Dictionary<string, TemplateFilter> Known = new(ListFilters.All)
    {
        ["default"] = Default,
        ["d"] = Default,
        ["int"] = (value, call, scope) => Convert("int", value, call, scope, number => (long)Math.Truncate(number)),
        ["float"] = (value, call, scope) => Convert("float", value, call, scope, number => number),
        ["bool"] = (value, _, scope) => value is string text ? text.ToLowerInvariant() is "true" or "yes" or "on" or "enable" or "1" : PythonValue.IsTrue(value),
        ["is_number"] = (value, _, _) => PythonValue.Parse(value) is { } number && double.IsFinite(number),
        ["iif"] = (value, call, _) => PythonValue.IsTrue(value) ? call.Get(0, "if_true", true) : call.Get(1, "if_false", false),
        ["round"] = Round,
        ["abs"] = (value, _, scope) => PythonValue.Number(value) is >= 0 ? value : Operators.Negate(value, scope),
        ["string"] = (value, _, scope) => PythonValue.Text(value, scope),
        ["lower"] = (value, _, scope) => PythonValue.Text(value, scope).ToLowerInvariant(),
        ["upper"] = (value, _, scope) => PythonValue.Text(value, scope).ToUpperInvariant(),
        ["title"] = (value, _, scope) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(PythonValue.Text(value, scope).ToLowerInvariant()),
        ["capitalize"] = (value, _, scope) => PythonValue.Text(value, scope) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant() : "",
        ["trim"] = (value, _, scope) => PythonValue.Text(value, scope).Trim(),
        ["replace"] = (value, call, scope) => PythonValue.Text(value, scope).Replace(call.Text(0, "old", scope), call.Text(1, "new", scope), StringComparison.Ordinal),
        ["slugify"] = (value, _, scope) => Slug(PythonValue.Text(value, scope)),
        ["to_json"] = (value, _, _) => Encoding.UTF8.GetString(JsonBytes.Write(writer => writer.WriteNode(PythonValue.ToJson(value)))),
        ["from_json"] = FromJson,
        ["as_timestamp"] = (value, call, scope) => Time(value) is { } time ? IsoTime.Epoch(time) : OrDefault("as_timestamp", value, call),
        ["as_datetime"] = (value, call, _) => Time(value) is { } time ? time : OrDefault("as_datetime", value, call),
        ["as_local"] = (value, _, scope) => Time(value) is { } time ? scope.House.Local(time) : value,
    };

    public static TemplateFilter? Find(string name) => Known.GetValueOrDefault(name);

    private static object? Default(object? value, TemplateArguments call, RenderScope scope)
        => value is Undefined || (PythonValue.IsTrue(call.Get(1, "boolean", false)) && !PythonValue.IsTrue(value)) ? call.Get(0, "default_value", "") : value;

    private static object? Convert(string name, object? value, TemplateArguments call, RenderScope scope, Func<double, object> convert)
    {
        if (value is Undefined undefined && !call.Has(0, "default")) throw undefined.Fail(scope);
        return PythonValue.Parse(value) is { } number ? convert(number) : OrDefault(name, value, call);
    }

    private static object? OrDefault(string name, object? value, TemplateArguments call) => call.Has(0, "default")
        ? call.Get(0, "default")
        : throw TemplateErrorException.Value($"Template error: {name} got invalid input {PythonValue.Repr(value)} but no default was specified");

    private static object? Round(object? value, TemplateArguments call, RenderScope scope)
    {
        if (value is Undefined undefined) throw undefined.Fail(scope);
        if (PythonValue.Parse(value) is not { } number)
            return call.Has(2, "default") ? call.Get(2, "default") : OrDefault("round", value, TemplateArguments.None);
        var digits = (int)(call.Get(0, "precision") as long? ?? 0);
        var factor = Math.Pow(10, digits);
        var rounded = call.Get(1, "method", "common") switch
        {
            "ceil" => Math.Ceiling(number * factor) / factor,
            "floor" => Math.Floor(number * factor) / factor,
            "half" => Math.Round(number * 2) / 2,
            _ => Math.Round(number, Math.Clamp(digits, 0, 15)),
        };
        return digits == 0 && call.Get(1, "method") as string != "half" ? (long)rounded : (object)rounded;
    }

    private static DateTimeOffset? Time(object? value) => value switch
    {
        DateTimeOffset time => time,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        long or double => DateTimeOffset.UnixEpoch.AddSeconds(PythonValue.Number(value)!.Value),
        _ => null,
    };

    private static object? FromJson(object? value, TemplateArguments call, RenderScope scope)
    {
        try
        {
            return PythonValue.FromJson(JsonNode.Parse(PythonValue.Text(value, scope)));
        }
        catch (JsonException)
        {
            return OrDefault("from_json", value, call);
        }
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '_') slug.Append('_');
        }

        return slug.ToString().TrimEnd('_');
    }
}
