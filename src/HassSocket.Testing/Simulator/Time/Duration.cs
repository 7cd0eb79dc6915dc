using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Reads how long something lasts: seconds, <c>HH:MM:SS</c>, or an object of <c>hours</c>, <c>minutes</c>, <c>seconds</c>.</summary>
internal static class Duration
{
    private static readonly Dictionary<string, double> Units = new()
    {
        ["days"] = 86400,
        ["hours"] = 3600,
        ["minutes"] = 60,
        ["seconds"] = 1,
        ["milliseconds"] = 0.001,
    };

    /// <summary>The duration; <see langword="null"/> where it is none.</summary>
    public static TimeSpan? Read(JsonNode? node) => node switch
    {
        JsonObject parts when parts.All(part => Units.ContainsKey(part.Key))
            => TimeSpan.FromSeconds(parts.Sum(part => (part.Value.Number() ?? 0) * Units[part.Key])),
        _ when node?.GetValueKind() == JsonValueKind.Number => TimeSpan.FromSeconds(node.Number() ?? 0),
        _ when node.Text() is { } text => Parse(text),
        _ => null,
    };

    private static TimeSpan? Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 3) return double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
        var numbers = parts.Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        if (numbers.Any(double.IsNaN)) return null;
        return TimeSpan.FromSeconds(numbers[0] * 3600 + numbers[1] * 60 + (numbers.Length > 2 ? numbers[2] : 0));
    }
}
