using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Checks a sequence of actions before it runs.</summary>
internal static class ScriptSteps
{
    private static readonly string[] Kinds =
        ["action", "service", "variables", "stop", "delay", "condition", "event", "if", "choose", "repeat", "sequence", "and", "or", "not"];

    /// <summary>The steps of a sequence, which may be a single one.</summary>
    /// <param name="sequence">What the client sent.</param>
    /// <param name="path">What it is called in an error, such as <c>sequence</c>.</param>
    /// <exception cref="SimulatedErrorException">A step is none.</exception>
    public static IReadOnlyList<JsonObject> Read(JsonNode? sequence, string path)
    {
        JsonNode?[] steps = sequence is JsonArray list ? [.. list] : [sequence];
        for (var i = 0; i < steps.Length; i++) Check(steps[i], $"{path}[{i}]");
        return [.. steps.Select(step => step as JsonObject ?? new JsonObject { ["condition"] = "template", ["value_template"] = step?.DeepClone() })];
    }

    public static string? KindOf(JsonObject step) => Kinds.FirstOrDefault(step.ContainsKey);

    private static void Check(JsonNode? step, string path)
    {
        if (step.Text() is { } text && Template.IsOne(text)) return;
        if (step is not JsonObject fields || KindOf(fields) is not { } kind)
            throw Errors.InvalidFormat($"Unable to determine action at '{path}'. Got None");
        if (kind == "delay" && fields["delay"].Text() is { } delay && !Template.IsOne(delay) && Duration.Read(fields["delay"]) is null)
            throw Errors.InvalidFormat($"offset {delay} should be format 'HH:MM', 'HH:MM:SS' or 'HH:MM:SS.F' at '{path}.delay'");
        if (kind is "condition" or "and" or "or" or "not") ConditionReader.Read(fields);
    }
}
