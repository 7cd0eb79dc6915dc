using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Reads the configuration of a trigger: <c>{"trigger":"state","entity_id":…}</c>, in the old spelling <c>platform</c>.</summary>
internal static class TriggerFactory
{
    /// <summary>Reads one trigger, or a list of them.</summary>
    public static IReadOnlyList<ITrigger> ReadAll(JsonElement given)
        => given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray().Select(Read)] : [Read(given, 0)];

    private static ITrigger Read(JsonElement config, int index)
    {
        if (config.ValueKind != JsonValueKind.Object) throw Errors.InvalidFormat($"expected a mapping. Got {PythonText.Of(config)}");
        var fields = config.ToObject();
        var platform = (fields["trigger"] ?? fields["platform"]).Text() ?? throw Missing("trigger");
        var head = new TriggerHead(
            platform, fields["id"].Text() ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture), index, fields["alias"].Text());
        return platform switch
        {
            "state" => new StateTrigger(head, Entities(fields), fields),
            "numeric_state" => new NumericStateTrigger(head, Entities(fields), fields),
            "template" => new TemplateTrigger(head, fields["value_template"].Text() ?? throw Missing("value_template")),
            "time_pattern" => new TimePatternTrigger(head, fields),
            "event" => new EventTrigger(head, fields["event_type"].Text() ?? throw Missing("event_type"), fields["event_data"] as JsonObject),
            _ => throw Errors.InvalidFormat($"Invalid trigger '{platform}' specified"),
        };
    }

    private static IReadOnlyList<string> Entities(JsonObject fields)
        => fields.ContainsKey("entity_id") ? fields["entity_id"].Texts() : throw Missing("entity_id");

    private static SimulatedErrorException Missing(string key) => Errors.InvalidFormat($"required key not provided at '{key}'");
}
