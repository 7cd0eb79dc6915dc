using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Checks the data of a call against the description of its service.</summary>
internal static class ServiceData
{
    private const string NoTarget = "at least one of ['entity_id', 'device_id', 'area_id', 'floor_id', 'label_id'] is required";

    private static readonly string[] TargetKeys = ["entity_id", "device_id", "area_id", "floor_id", "label_id"];

    // Services whose fields are all known; those of other domains take anything.
    private static readonly HashSet<string> Strict =
    [
        "light", "switch", "input_boolean", "input_number", "input_select", "input_text", "input_button", "counter", "lock", "cover",
        "number", "select", "text", "button",
    ];

    private static readonly HashSet<string> Undescribed =
        ["brightness", "brightness_step", "hs_color", "xy_color", "color_temp", "white", "profile", "flash", "color_name"];

    public static void Check(string domain, ServiceEntry service, JsonObject data)
    {
        if (service.IsForeign) return;
        var faults = Strict.Contains(domain) ? string.Join("\n", Faults(domain, service, data)) : "";
        if (faults.Length > 0) throw Errors.InvalidFormat(faults);
        if (service.NeedsTarget && !TargetKeys.Any(data.ContainsKey)) throw Errors.InvalidFormat(NoTarget);
    }

    private static IEnumerable<string> Faults(string domain, ServiceEntry service, JsonObject data)
    {
        var fields = service.Fields.DistinctBy(field => field.Key).ToDictionary();
        foreach (var (name, value) in data)
        {
            if (TargetKeys.Contains(name)) continue;
            if (domain == "light" && Undescribed.Contains(name))
            {
                if (name == "brightness" && value.Number() is null) yield return $"expected int at '{name}'";
            }
            else if (!fields.TryGetValue(name, out var field))
            {
                yield return $"not a valid option at '{name}'";
            }
            else if (field?["selector"]?["number"] is not null && value.Number() is null)
            {
                yield return $"expected float at '{name}'";
            }
        }

        foreach (var (name, field) in fields)
        {
            if (field?["required"].IsTrue() == true && !data.ContainsKey(name)) yield return $"required key not provided at '{name}'";
        }
    }

    /// <summary>Puts the target over the data; its texts become lists.</summary>
    public static JsonObject Merge(JsonElement? data, JsonElement? target) => Merge(data?.ToObject(), target?.ToObject());

    /// <summary>Puts the target over the data; its texts become lists.</summary>
    public static JsonObject Merge(JsonObject? data, JsonObject? target)
    {
        var result = data ?? [];
        foreach (var (name, value) in target ?? [])
        {
            if (name == "exclude") continue;
            result[name] = value is JsonArray ? value.DeepClone() : new JsonArray([.. value.Texts().Select(text => (JsonNode?)JsonValue.Create(text))]);
        }

        return result;
    }
}
