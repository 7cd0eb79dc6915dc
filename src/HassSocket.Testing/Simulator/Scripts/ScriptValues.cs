using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Fills templates in, wherever they stand in a value.</summary>
internal static class ScriptValues
{
    public static JsonNode? Fill(JsonNode? node, House house, JsonObject variables) => node switch
    {
        JsonObject map => FillMap(map, house, variables),
        JsonArray list => new JsonArray([.. list.Select(item => Fill(item, house, variables))]),
        _ when node.Text() is { } text && Template.IsOne(text) => Render(text, house, variables),
        _ => node?.DeepClone(),
    };

    public static JsonObject FillMap(JsonObject map, House house, JsonObject variables)
        => new(map.Select(pair => KeyValuePair.Create(pair.Key, Fill(pair.Value, house, variables))));

    private static JsonNode? Render(string text, House house, JsonObject variables)
    {
        var rendering = new Template(text).Render(house, TemplateVariables.Read(variables));
        return rendering.Error is { } error
            ? throw new SimulatedErrorException("home_assistant_error", $"Error rendering data template: {error}")
            : PythonValue.ToJson(rendering.Value);
    }
}
