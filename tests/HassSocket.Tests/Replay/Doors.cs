using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Tests.Replay;

/// <summary>Finds the part of the public API through which a recorded command leaves: the typed one that writes exactly this, else the raw one.</summary>
internal static class Doors
{
    /// <summary>A command that is answered once.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="item">What was recorded.</param>
    /// <param name="subscription">What to write for the subscription that it names, if it names one.</param>
    public static CommandCall Command(Line? line, Item item, long? subscription = null)
    {
        var fields = FieldsOf(item.Json, subscription);
        return (item.Type, fields.EnumerateObject().Count()) switch
        {
            ("ping", 0) => new CommandCall<Acknowledgement>(line, item, new PingCommand(), Comparison.Says),
            ("get_states", 0) => new CommandCall<IReadOnlyList<EntityState>>(line, item, new GetStatesCommand(), Comparison.Says),
            ("get_config", 0) => new CommandCall<HassConfig>(line, item, new GetConfigCommand(), Comparison.Says),
            ("get_services", 0) => new CommandCall<ServiceCatalog>(line, item, new GetServicesCommand(), Comparison.Says),
            ("fire_event", _) when FireEvent(item.Json) is { } fire => new CommandCall<EventContext>(line, item, fire, Comparison.Says),
            ("call_service", _) when CallService(item.Json) is { } call => new CommandCall<ServiceCallResult>(line, item, call, Comparison.Says),
            _ => new CommandCall<JsonElement>(
                line, item, new RawCommand(item.Type!, fields), Comparison.Says, Rewrite(item.Json, subscription, keepsType: true)),
        };
    }

    /// <summary>A command that events follow.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="item">What was recorded.</param>
    /// <param name="share">Finds the subscription on the wire that it shares, given what it writes and how it shares.</param>
    public static SubscriptionCall Subscription(Line line, Item item, Func<string, SubscriptionSharing, SharedRoute> share)
    {
        if (item.Type == "subscribe_events" && IsOf(item.Json, "event_type") && Word(item.Json, "event_type") is { } type and not "*")
            return Open(line, item, new EventSubscription(type), Comparison.Says, share);
        if (item.Type == "subscribe_events" && IsOf(item.Json))
            return Open(line, item, new EventSubscription("*"), Comparison.Says, share);
        if (item.Type == "subscribe_trigger" && Trigger(item.Json) is { } trigger)
            return Open(line, item, trigger, Comparison.Says, share);
        if (item.Type == "subscribe_entities" && Entities(item.Json) is { } entities)
            return Open(line, item, entities, Comparison.Says, share);
        return Open(line, item, new RawSubscription(item.Type!, FieldsOf(item.Json, null)), Comparison.Says, share);
    }

    private static SubscriptionCall<T> Open<T>(
        Line line, Item item, HassSubscription<T> subscription, Func<T, JsonElement, bool> says, Func<string, SubscriptionSharing, SharedRoute> share) =>
        new(line, item, subscription, says) { Route = share(BytesOf(subscription), subscription.Sharing) };

    private static string BytesOf<T>(HassSubscription<T> subscription)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("type", subscription.Type);
            subscription.WriteFields(writer);
            writer.WriteEndObject();
        }

        return Convert.ToBase64String(bytes.ToArray());
    }

    private static JsonElement FieldsOf(JsonElement command, long? subscription) => Rewrite(command, subscription, keepsType: false);

    private static JsonElement Rewrite(JsonElement command, long? subscription, bool keepsType)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var member in command.EnumerateObject())
            {
                if (member.Name == "id" || (member.Name == "type" && !keepsType)) continue;
                if (subscription is { } id && member.Name == "subscription") writer.WriteNumber(member.Name, id);
                else member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(bytes.ToArray(), new JsonDocumentOptions { MaxDepth = 1024 });
    }

    private static FireEventCommand? FireEvent(JsonElement json) =>
        IsOf(json, "event_type", "event_data") && Word(json, "event_type") is { } type && IsObjectOrAbsent(json, "event_data")
            ? new FireEventCommand(type) { Data = Data(json, "event_data") }
            : null;

    private static CallServiceCommand? CallService(JsonElement json)
    {
        if (!IsOf(json, "domain", "service", "service_data", "target", "return_response") || !IsObjectOrAbsent(json, "service_data")) return null;
        if (Word(json, "domain") is not { } domain || Word(json, "service") is not { } service) return null;
        var asksForResponse = json.TryGetProperty("return_response", out var response);
        if (asksForResponse && response.ValueKind != JsonValueKind.True) return null;
        var call = new CallServiceCommand(domain, service) { Data = Data(json, "service_data"), ReturnResponse = asksForResponse };
        if (!json.TryGetProperty("target", out var target)) return call;
        return TargetOf(target) is { } where ? call with { Target = where } : null;
    }

    private static Target? TargetOf(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.EnumerateObject().Any()) return null;
        var target = new Target();
        foreach (var member in json.EnumerateObject())
        {
            if (Ids(member.Value) is not { } ids) return null;
            switch (member.Name)
            {
                case "entity_id": target = target with { EntityId = ids }; break;
                case "device_id": target = target with { DeviceId = ids }; break;
                case "area_id": target = target with { AreaId = ids }; break;
                case "floor_id": target = target with { FloorId = ids }; break;
                case "label_id": target = target with { LabelId = ids }; break;
                default: return null;
            }
        }

        return target;
    }

    // A list of one is written as a text by the typed command, so such a one goes raw.
    private static IReadOnlyList<string>? Ids(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array when json.GetArrayLength() > 1 && Texts(json) is { } texts => texts,
        _ => null,
    };

    private static TriggerSubscription? Trigger(JsonElement json) =>
        IsOf(json, "trigger", "variables") && IsObjectOrAbsent(json, "variables")
        && json.TryGetProperty("trigger", out var trigger) && trigger.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? new TriggerSubscription(JsonNode.Parse(trigger.GetRawText())!, Data(json, "variables"))
            : null;

    private static EntitiesSubscription? Entities(JsonElement json)
    {
        if (!IsOf(json, "entity_ids")) return null;
        if (!json.TryGetProperty("entity_ids", out var ids)) return new EntitiesSubscription();
        return Texts(ids) is { Count: > 0 } texts ? new EntitiesSubscription(EntityFilter.Entities(texts)) : null;
    }

    private static IReadOnlyList<string>? Texts(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. json.EnumerateArray().Select(one => one.GetString()!)]
            : null;

    private static bool IsOf(JsonElement json, params ReadOnlySpan<string> names)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name is not ("id" or "type") && !names.Contains(member.Name)) return false;
        }

        return true;
    }

    private static bool IsObjectOrAbsent(JsonElement json, string name) => !json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Object;

    private static JsonFields? Data(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? JsonFields.FromJsonElement(value) : null;

    // The typed commands take no name that is empty.
    private static string? Word(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Trim().Length > 0 ? text : null;
}
