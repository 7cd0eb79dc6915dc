using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The forms in which the entry of an entity is told.</summary>
internal static class EntityEntry
{
    private static readonly string[] OnlyLong = ["aliases", "capabilities", "device_class", "original_device_class", "original_icon"];

    /// <summary>As in the list of all.</summary>
    public static JsonObject Short(JsonObject entry)
    {
        var result = entry.DeepClone().AsObject();
        foreach (var name in OnlyLong) result.Remove(name);
        return result;
    }

    /// <summary>As for the user interface: members of two letters, and only where there is something to say.</summary>
    public static JsonObject Display(JsonObject entry)
    {
        var result = new JsonObject { ["ei"] = Copy(entry, "entity_id"), ["pl"] = Copy(entry, "platform") };
        Put(result, "ai", Copy(entry, "area_id"));
        result["lb"] = Copy(entry, "labels");
        Put(result, "di", Copy(entry, "device_id"));
        Put(result, "np", Copy(entry, "next_name_part"));
        Put(result, "ic", Copy(entry, "icon"));
        Put(result, "tk", Copy(entry, "translation_key"));
        Put(result, "ec", entry["entity_category"].Text() switch { "config" => 0, "diagnostic" => 1, _ => null });
        if (entry["hidden_by"] is not null) result["hb"] = true;
        Put(result, "en", Copy(entry, "name") ?? Copy(entry, "original_name"));
        var sensor = entry["options"]?["sensor"];
        Put(result, "dp", (sensor?["display_precision"] ?? sensor?["suggested_display_precision"])?.DeepClone());
        return result;
    }

    /// <summary>A new entry of a platform.</summary>
    public static JsonObject New(House house, string entityId, string platform, string uniqueId, string name) => new()
    {
        ["area_id"] = null,
        ["categories"] = new JsonObject(),
        ["config_entry_id"] = null,
        ["config_subentry_id"] = null,
        ["created_at"] = null,
        ["device_id"] = null,
        ["disabled_by"] = null,
        ["entity_category"] = null,
        ["entity_id"] = entityId,
        ["hidden_by"] = null,
        ["icon"] = null,
        ["id"] = NewId(house.Options.Random),
        ["labels"] = new JsonArray(),
        ["modified_at"] = null,
        ["name"] = null,
        ["next_name_part"] = null,
        ["options"] = new JsonObject { ["conversation"] = new JsonObject { ["should_expose"] = false } },
        ["original_name"] = name,
        ["platform"] = platform,
        ["translation_key"] = null,
        ["unique_id"] = uniqueId,
        ["aliases"] = new JsonArray((JsonNode?)null),
        ["capabilities"] = null,
        ["device_class"] = null,
        ["original_device_class"] = null,
        ["original_icon"] = null,
    };

    /// <summary>What an event says about what was before: the name as an alias has a number.</summary>
    public static JsonObject Old(JsonObject before)
    {
        if (before["aliases"] is JsonArray aliases)
            before["aliases"] = new JsonArray([.. aliases.Select(alias => alias?.DeepClone() ?? JsonValue.Create(0))]);
        return before;
    }

    /// <summary>Categories after a change: a null takes one away.</summary>
    public static JsonObject Merge(JsonObject before, JsonObject changes)
    {
        var result = before.DeepClone().AsObject();
        foreach (var (scope, category) in changes)
        {
            if (category is null) result.Remove(scope);
            else result[scope] = category.DeepClone();
        }

        return result;
    }

    /// <summary>What stands before the name where it is shown in full.</summary>
    public static void NoteNamePart(JsonObject entry) =>
        entry["next_name_part"] = entry["area_id"] is not null ? "area" : entry["device_id"] is not null ? "device" : null;

    /// <summary>An id as the registry gives them: 32 hexadecimal digits.</summary>
    public static string NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private static JsonNode? Copy(JsonObject entry, string name) => entry[name]?.DeepClone();

    private static void Put(JsonObject result, string name, JsonNode? value)
    {
        if (value is not null) result[name] = value;
    }
}
