using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Variables of a command as templates see them.</summary>
internal static class TemplateVariables
{
    public static IReadOnlyDictionary<string, object?> Read(JsonObject? variables)
        => (variables ?? []).ToDictionary(pair => pair.Key, pair => PythonValue.FromJson(pair.Value));
}
