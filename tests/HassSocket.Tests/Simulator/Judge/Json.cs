using System.Text.Json;

namespace HassSocket.Tests.Simulator.Judge;

/// <summary>Reads recorded texts.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>The messages of a frame: those of an array, or the one; none where it is no JSON.</summary>
    public static IReadOnlyList<JsonElement> Items(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static string? Text(JsonElement value, string name)
        => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String
            ? field.GetString()
            : null;
}
