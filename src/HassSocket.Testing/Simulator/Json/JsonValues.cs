using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Reads values out of JSON nodes, whatever they were made of.</summary>
internal static class JsonValues
{
    public static string? Text(this JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    public static double? Number(this JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValueKind.String when double.TryParse(node.GetValue<string>(), CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public static bool IsTrue(this JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;

    /// <summary>The texts of a text, or of a list of texts.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? node) => node switch
    {
        JsonArray array => [.. array.Select(Text).OfType<string>()],
        _ when node.Text() is { } text => [.. text.Split(',', StringSplitOptions.TrimEntries)],
        _ => [],
    };

    public static string Invariant(this double value) => PythonText.Number(value);
}
