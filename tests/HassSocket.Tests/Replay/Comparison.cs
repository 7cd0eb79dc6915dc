using System.Text;
using System.Text.Json;

namespace HassSocket.Tests.Replay;

/// <summary>Whether what a user gets says what was recorded.</summary>
internal static class Comparison
{
    public static bool Says(JsonElement got, JsonElement recorded) => JsonElement.DeepEquals(got, recorded);

    public static bool Says(Acknowledgement got, JsonElement recorded) => recorded.ValueKind != JsonValueKind.Undefined;

    public static bool Says(HassEvent got, JsonElement recorded) =>
        Encoding.UTF8.GetString(got.Json.Span) == recorded.GetRawText()
        && got.EventType == (Text(recorded, "event_type") ?? "")
        && SaysObject(got.Data(), Member(recorded, "data"))
        && SaysContext(got.Context, recorded);

    public static bool Says(TriggerFired got, JsonElement recorded) =>
        SaysObject(got.Variables, Member(recorded, "variables")) && SaysContext(got.Context, recorded);

    public static bool Says(EventContext got, JsonElement recorded) => SaysContext(got, recorded);

    public static bool Says(ServiceCallResult got, JsonElement recorded) =>
        SaysContext(got.Context, recorded) && SaysOptional(got.Response, Member(recorded, "response"));

    public static bool Says(HassConfig got, JsonElement recorded) =>
        got.Version == (Text(recorded, "version") ?? "")
        && got.State == (Text(recorded, "state") ?? "")
        && got.LocationName == (Text(recorded, "location_name") ?? "")
        && got.TimeZone == (Text(recorded, "time_zone") ?? "")
        && got.Components.SequenceEqual(Texts(Member(recorded, "components")));

    public static bool Says(IReadOnlyList<EntityState> got, JsonElement recorded) =>
        got.Count == recorded.GetArrayLength() && got.Zip(recorded.EnumerateArray()).All(pair => Says(pair.First, pair.Second));

    public static bool Says(ServiceCatalog got, JsonElement recorded) =>
        got.Domains.Keys.SequenceEqual(Names(recorded))
        && recorded.EnumerateObject().All(domain => got.Domains[domain.Name].Keys.SequenceEqual(Names(domain.Value))
            && domain.Value.EnumerateObject().All(service => Says(got.Domains[domain.Name][service.Name], service.Value)));

    public static bool Says(EntitiesChange got, JsonElement recorded) =>
        SaysAdded(got.Added, Member(recorded, "a")) && SaysChanged(got.Changed, Member(recorded, "c")) && SaysRemoved(got.Removed, Member(recorded, "r"));

    private static bool Says(EntityState got, JsonElement recorded) =>
        got.EntityId == (Text(recorded, "entity_id") ?? "")
        && got.State == (Text(recorded, "state") ?? "")
        && SaysObject(got.Attributes, Member(recorded, "attributes"))
        && (Member(recorded, "last_changed") is not { ValueKind: JsonValueKind.String } changed || !changed.TryGetDateTimeOffset(out var at) || got.LastChanged == at)
        && SaysContext(got.Context, recorded);

    private static bool Says(ServiceDescription got, JsonElement recorded) =>
        (Member(recorded, "fields") is not { ValueKind: JsonValueKind.Object } fields || got.Fields.Keys.SequenceEqual(Names(fields)))
        && got.Name == Text(recorded, "name")
        && (got.Response is not null) == (Member(recorded, "response") is { ValueKind: JsonValueKind.Object });

    private static bool SaysContext(EventContext got, JsonElement holder)
    {
        if (Member(holder, "context") is not { ValueKind: JsonValueKind.Object } context) return got == EventContext.None;
        return got.Id == (Text(context, "id") ?? "") && got.ParentId == Text(context, "parent_id") && got.UserId == Text(context, "user_id");
    }

    private static bool SaysOptional(JsonElement? got, JsonElement? recorded)
    {
        if (recorded is not { } told || told.ValueKind == JsonValueKind.Null) return got is null or { ValueKind: JsonValueKind.Null };
        return got is { } value && JsonElement.DeepEquals(value, told);
    }

    private static bool SaysAdded(IReadOnlyList<EntityState> got, JsonElement? recorded)
    {
        if (recorded is not { } all) return got.Count == 0;
        return got.Select(one => one.EntityId).SequenceEqual(Names(all))
            && got.All(one => one.State == (Text(all.GetProperty(one.EntityId), "s") ?? "") && SaysObject(one.Attributes, Member(all.GetProperty(one.EntityId), "a")));
    }

    private static bool SaysChanged(IReadOnlyList<EntityDifference> got, JsonElement? recorded)
    {
        if (recorded is not { } all) return got.Count == 0;
        return got.Select(one => one.EntityId).SequenceEqual(Names(all)) && got.All(one => SaysDifference(one, all.GetProperty(one.EntityId)));
    }

    private static bool SaysDifference(EntityDifference got, JsonElement recorded)
    {
        var plus = Member(recorded, "+");
        var minus = Member(recorded, "-") is { } less ? Member(less, "a") : null;
        return got.State == (plus is { } more ? Text(more, "s") : null)
            && SaysObject(got.Attributes, plus is { } added ? Member(added, "a") : null)
            && got.RemovedAttributes.SequenceEqual(Texts(minus));
    }

    private static bool SaysRemoved(IReadOnlyList<string> got, JsonElement? recorded) =>
        got.SequenceEqual(Texts(recorded));

    private static bool SaysObject(JsonElement got, JsonElement? recorded) =>
        recorded is { ValueKind: JsonValueKind.Object } all ? JsonElement.DeepEquals(got, all) : !got.EnumerateObject().Any();

    private static IEnumerable<string> Texts(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray().Select(one => one.GetString()!) : [];

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(member => member.Name);

    private static string? Text(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}
