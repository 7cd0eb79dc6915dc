using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>The checks of what registries and collections take.</summary>
internal static class RegistryChecks
{
    public static IEnumerable<string> TextOrNull(JsonElement value, string path) => value.ValueKind is JsonValueKind.Null or JsonValueKind.String
        ? []
        : [$"expected str or None at {path}. Got {PythonText.Of(value)}"];

    public static IEnumerable<string> IntegerOrNull(JsonElement value, string path) => value.ValueKind == JsonValueKind.Null ? [] : Checks.Integer(value, path);

    public static IEnumerable<string> Texts(JsonElement value, string path) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().SelectMany(item => TextOrNull(item, path))
        : [$"expected list at {path}. Got {PythonText.Of(value)}"];

    public static IEnumerable<string> Number(JsonElement value, string path) => value.ValueKind == JsonValueKind.Number
        ? []
        : [$"expected float at {path}. Got {PythonText.Of(value)}"];
}
