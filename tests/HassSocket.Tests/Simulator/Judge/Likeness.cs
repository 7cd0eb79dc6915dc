using System.Text.Json;
using System.Text.RegularExpressions;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>Compares what the simulator said with what was recorded, value by value.</summary>
/// <remarks>
/// What must vary is matched, not ignored. Ids of contexts, users and runs: one recorded id is one simulated id, for the whole recording
/// and both ways. Times: one recorded instant is one simulated instant, and the offset is the same. Sets (<c>components</c>, the
/// listeners of a template, the names of lost attributes) may come in any order; so may the keys of an object. Where a recording has the placeholder of a token, any text without a delimiter may stand. Everything else is equal,
/// numbers to the last digit, except where the scenario says that a value varies and why.
/// </remarks>
internal sealed partial class Likeness(IReadOnlyList<Variation> variations)
{
    /// <summary>Stands in recordings where a token was.</summary>
    private const string Secret = "<JWT>";

    private static readonly string[] Sets = ["components", "entities", "domains", "-.a"];

    private readonly Dictionary<string, string> _simulated = [];
    private readonly Dictionary<string, string> _recorded = [];

    /// <summary>Tells each difference with its path.</summary>
    public IEnumerable<string> Compare(JsonElement recorded, JsonElement simulated, string path = "")
    {
        if (variations.Any(variation => variation.Covers(path))) return [];
        if (recorded.ValueKind != simulated.ValueKind) return [Differs(path, recorded, simulated)];
        return recorded.ValueKind switch
        {
            JsonValueKind.Object => CompareObjects(recorded, simulated, path),
            JsonValueKind.Array => CompareArrays(recorded, simulated, path),
            JsonValueKind.String => CompareTexts(recorded, simulated, path),
            JsonValueKind.Number => CompareNumbers(recorded, simulated, path),
            _ => [],
        };
    }

    private static string Differs(string path, JsonElement recorded, JsonElement simulated)
        => $"{path}: recorded {Short(recorded.GetRawText())}, simulated {Short(simulated.GetRawText())}";

    private static string Short(string text) => text.Length <= 300 ? text : text[..300] + "…";

    private IEnumerable<string> CompareObjects(JsonElement recorded, JsonElement simulated, string path)
    {
        foreach (var property in recorded.EnumerateObject())
        {
            var at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (variations.Any(variation => variation.Covers(at))) continue;
            if (!TryFind(simulated, property.Name, out var value)) yield return $"{at}: recorded {Short(property.Value.GetRawText())}, simulated nothing";
            else foreach (var difference in Compare(property.Value, value, at)) yield return difference;
        }

        foreach (var property in simulated.EnumerateObject())
        {
            var at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (IsContextId(property.Name) ? _recorded.ContainsKey(property.Name) : recorded.TryGetProperty(property.Name, out _)) continue;
            if (!variations.Any(variation => variation.Covers(at))) yield return $"{at}: recorded nothing, simulated {Short(property.Value.GetRawText())}";
        }
    }

    /// <summary>Ids can be keys as well.</summary>
    private bool TryFind(JsonElement simulated, string name, out JsonElement value)
        => simulated.TryGetProperty(IsContextId(name) && _simulated.TryGetValue(name, out var id) ? id : name, out value);

    private IEnumerable<string> CompareArrays(JsonElement recorded, JsonElement simulated, string path)
    {
        if (recorded.GetArrayLength() != simulated.GetArrayLength()) return [Differs(path, recorded, simulated)];
        var isSet = Array.Exists(Sets, set => path.EndsWith(set, StringComparison.Ordinal));
        var (left, right) = isSet ? (Sorted(recorded), Sorted(simulated)) : (recorded.EnumerateArray(), simulated.EnumerateArray());
        return left.Zip(right).SelectMany((pair, index) => Compare(pair.First, pair.Second, $"{path}[{index}]"));
    }

    private static IEnumerable<JsonElement> Sorted(JsonElement array) => array.EnumerateArray().OrderBy(item => item.GetRawText(), StringComparer.Ordinal);

    private IEnumerable<string> CompareTexts(JsonElement recorded, JsonElement simulated, string path)
    {
        var (left, right) = (recorded.GetString()!, simulated.GetString()!);
        if ((IsContextId(left) && IsContextId(right)) || (Hex32().IsMatch(left) && Hex32().IsMatch(right))) return CompareIds(left, right, path);
        if (IsoTime().Match(left) is { Success: true } one && IsoTime().Match(right) is { Success: true } other)
            return one.Groups["offset"].Value == other.Groups["offset"].Value ? CompareInstants(left, right, path) : [Differs(path, recorded, simulated)];
        return left == right || (left.Contains(Secret, StringComparison.Ordinal) && StandsFor(left, right)) ? [] : [Differs(path, recorded, simulated)];
    }

    private static bool StandsFor(string recorded, string simulated)
        => Regex.IsMatch(simulated, $"^{Regex.Escape(recorded).Replace(Secret, "[^?&/]+", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);

    private IEnumerable<string> CompareNumbers(JsonElement recorded, JsonElement simulated, string path)
    {
        var (left, right) = (recorded.GetRawText(), simulated.GetRawText());
        if (IsInstant(recorded) && IsInstant(simulated)) return CompareInstants(left, right, path);
        return left == right ? [] : [Differs(path, recorded, simulated)];
    }

    private IEnumerable<string> CompareIds(string recorded, string simulated, string path)
    {
        var isKnown = _simulated.TryGetValue(recorded, out var before);
        if (isKnown && before != simulated) return [$"{path}: recorded the id {recorded} again, which was {before} before and is {simulated} now"];
        if (!isKnown && _recorded.TryGetValue(simulated, out var other)) return [$"{path}: recorded the ids {other} and {recorded}, simulated {simulated} for both"];
        (_simulated[recorded], _recorded[simulated]) = (simulated, recorded);
        return [];
    }

    private IEnumerable<string> CompareInstants(string recorded, string simulated, string path)
    {
        if (!_simulated.TryGetValue(recorded, out var before)) before = _simulated[recorded] = simulated;
        return before == simulated ? [] : [$"{path}: recorded the time {recorded} again, which was {before} before and is {simulated} now"];
    }

    /// <summary>Seconds with a fraction, or whole milliseconds, of these years.</summary>
    private static bool IsInstant(JsonElement number)
    {
        var value = number.GetDouble();
        return number.GetRawText().Contains('.', StringComparison.Ordinal) ? value is > 1.6e9 and < 2.5e9 : value is > 1.6e12 and < 2.5e12;
    }

    private static bool IsContextId(string text) => Ulid().IsMatch(text);

    [GeneratedRegex("^0[0-9A-HJKMNP-TV-Z]{25}$", RegexOptions.CultureInvariant)]
    private static partial Regex Ulid();

    [GeneratedRegex("^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Hex32();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?(?<offset>[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoTime();
}

/// <summary>A value that differs from the recorded one, on purpose.</summary>
/// <param name="Path">Where, such as <c>result.response.*.forecast</c>; a star is any one name.</param>
/// <param name="Why">The reason, as the table shows it.</param>
internal sealed record Variation(string Path, string Why)
{
    private readonly Regex _pattern = new(
        "^" + Regex.Escape(Path).Replace("\\*", "[^/]*?", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant);

    public bool Covers(string path) => _pattern.IsMatch(path);
}
