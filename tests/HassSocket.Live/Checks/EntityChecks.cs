using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>The entity stream, with changes of every kind.</summary>
internal static class EntityChecks
{
    public static IEnumerable<Check> All =>
    [
        new("entities: first all of them", SnapshotAsync),
        new("entities: added, changed, attribute gone, removed", LifeAsync),
        new("entities: the differences add up to the state", FoldAsync),
        new("entities: chosen by domain", DomainAsync),
    ];

    private static async Task SnapshotAsync(Visit visit, CancellationToken token)
    {
        var before = await IdsAsync(visit, token);
        await using var entities = await Heard<EntitiesChange>.ListenAsync(visit.Client.SubscribeEntities(), token);
        var first = await entities.NextAsync(token);
        var after = await IdsAsync(visit, token);
        var told = first.Added.Select(state => state.EntityId).ToHashSet();
        Expect.That(first.IsSnapshot);
        // Entities come and go in a living house, so only what stood on both sides is sure.
        Expect.That(told.IsSupersetOf(before.Intersect(after)));
        Expect.That(told.IsSubsetOf(before.Union(after)));
    }

    private static async Task LifeAsync(Visit visit, CancellationToken token)
    {
        visit.Needs("input_boolean");
        var name = Visit.NameOf("guest");
        var entityId = $"input_boolean.{name}";
        await using var entities = await Heard<EntitiesChange>.ListenAsync(visit.Client.SubscribeEntities(EntityFilter.Entities(entityId)), token);
        Expect.Equal(0, (await entities.NextAsync(token)).Added.Count);

        await AskAsync("create", new JsonObject { ["name"] = name, ["icon"] = "mdi:account" });
        var added = (await entities.NextAsync(token)).Added.Single();
        Expect.Equal((entityId, "off", "mdi:account"), (added.EntityId, added.State, added.Attribute("icon")?.GetString()));

        await visit.Client.CallServiceAsync("input_boolean", "turn_on", Target.Entity(entityId), token);
        var changed = (await entities.NextAsync(token)).Changed.Single();
        Expect.Equal((entityId, "on", true), (changed.EntityId, changed.State, changed.LastChanged > added.LastChanged));

        await AskAsync("update", new JsonObject { ["input_boolean_id"] = name, ["name"] = name });
        var shorn = (await entities.NextAsync(token)).Changed.Single();
        Expect.Equal("icon", string.Join(' ', shorn.RemovedAttributes));
        Expect.Equal((null, null), (shorn.State, shorn.LastChanged));
        Expect.That(shorn.ApplyTo(changed.ApplyTo(added)) is { State: "on" } state && state.Attribute("icon") is null);

        await AskAsync("delete", new JsonObject { ["input_boolean_id"] = name });
        Expect.Equal(entityId, (await entities.NextAsync(token)).Removed.Single());

        Task AskAsync(string verb, JsonObject fields) => visit.Client.SendMessageAsync($"input_boolean/{verb}", fields, token);
    }

    private static async Task FoldAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OffAsync(visit.Client, token);
        var filter = EntityFilter.Entities(visit.Lamp.EntityId);
        await using var entities = await Heard<EntitiesChange>.ListenAsync(visit.Client.SubscribeEntities(filter), token);
        var folded = (await entities.NextAsync(token)).Added.Single();

        await visit.Lamp.OnAsync(visit.Client, 10, token);
        await visit.Lamp.OnAsync(visit.Client, 200, token);
        await visit.Lamp.OffAsync(visit.Client, token);
        var call = await visit.Lamp.OnAsync(visit.Client, 99, token);
        while (folded.Context.Id != call.Context.Id) folded = (await entities.NextAsync(token)).Changed.Single().ApplyTo(folded);

        var asked = await visit.Lamp.StateAsync(visit.Client, token);
        Expect.Equal(asked.State, folded.State);
        Expect.Equal(asked.Context, folded.Context);
        Expect.That(JsonElement.DeepEquals(asked.Attributes, folded.Attributes));
        Expect.That((asked.LastChanged - folded.LastChanged).Duration() < TimeSpan.FromMilliseconds(1));
        Expect.That((asked.LastUpdated - folded.LastUpdated).Duration() < TimeSpan.FromMilliseconds(1));
    }

    private static async Task DomainAsync(Visit visit, CancellationToken token)
    {
        visit.Since(2024, 9, "filters by domain");
        await using var entities = await Heard<EntitiesChange>.ListenAsync(visit.Client.SubscribeEntities(EntityFilter.Domains("light")), token);
        var first = await entities.NextAsync(token);
        Expect.That(first.Added.All(state => state.Domain == "light"));
        Expect.That(first.Added.Any(state => state.EntityId == visit.Lamp.EntityId));
    }

    private static async Task<HashSet<string>> IdsAsync(Visit visit, CancellationToken token) =>
        [.. (await visit.Client.GetStatesAsync(token)).Select(state => state.EntityId)];
}
