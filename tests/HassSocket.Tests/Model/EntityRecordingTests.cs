using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Model;

/// <summary>The entity cache, judged by what real servers told.</summary>
public sealed class EntityRecordingTests
{
    [Theory]
    [InlineData("2026.11.entities-all", 37)]
    [InlineData("2024.3.entities-all", 38)]
    public async Task After_every_recorded_event_the_cache_knows_what_the_server_meant(string recording, int fewest)
    {
        await using var house = new PlayedHouse();
        await house.AdmitAsync();
        var changes = new Inbox<EntityChange>();
        using var consumer = house.Client.Entities.Changes.Subscribe(changes);
        var ready = house.Client.Entities.ReadyAsync();
        var subscription = await house.AnswerAsync("subscribe_entities");
        var events = RecordedEntities.Events(recording, connection: 1, subscription: 2);
        Assert.True(events.Count >= fewest, $"{events.Count} events");
        var meant = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var heard = new SortedDictionary<string, EntityState>(StringComparer.Ordinal);

        foreach (var told in events)
        {
            Mean(meant, told);
            await house.SayAsync(subscription, told);
            await ready.WaitAsync(Home.Guard);

            Assert.Equal(meant.Select(pair => Describe(pair.Key, pair.Value)), house.Client.Entities.All().Select(Describe).Order(StringComparer.Ordinal));
            foreach (var change in await changes.TakeAsync(Entities(told).Count())) Hear(heard, change);
            Assert.Equal(meant.Keys, heard.Keys);
            Assert.All(heard, pair => Assert.Equal(house.Client.Entities.Find(pair.Key), pair.Value));
        }

        Assert.True(changes.IsEmpty);
    }

    [Fact]
    public async Task Snapshot_and_get_states_of_a_real_server_are_the_same_states()
    {
        await using var house = new PlayedHouse();
        await house.AdmitAsync();
        var said = RecordedEntities.Said("2026.11.every-command", connection: 1);
        var list = said.First(message => (int?)message["id"] == 2 && (string?)message["type"] == "result")["result"]!;
        var ready = house.Client.Entities.ReadyAsync();
        var subscription = await house.AnswerAsync("subscribe_entities");

        await house.SayAsync(subscription, RecordedEntities.Events("2026.11.every-command", 1, 28)[0]);
        await ready.WaitAsync(Home.Guard);

        var listed = JsonSerializer.Deserialize(list.ToJsonString(), HassJson.Default.ListEntityState)!;
        var pairs = listed.Select(state => (Listed: state with { LastReported = null }, Cached: house.Client.Entities.Find(state.EntityId)!)).ToList();
        Assert.All(pairs, pair => Assert.NotNull(pair.Cached));
        // Between the two answers some entities went on.
        var same = pairs.FindAll(pair => pair.Listed.LastUpdated == pair.Cached.LastUpdated);
        Assert.True(same.Count > 150, $"{same.Count} of {pairs.Count}");
        Assert.All(same, pair => Assert.Equal(pair.Listed, pair.Cached));
    }

    [Fact]
    public async Task A_restart_replaces_what_was_known_and_entities_come_back_one_by_one()
    {
        await using var house = new PlayedHouse();
        await house.AdmitAsync();
        using var few = house.Client.Entities.Only(EntityFilter.Entities("light.bed_light", "sun.sun", "input_boolean.guest_mode"));
        var changes = new Inbox<EntityChange>();
        using var consumer = few.Changes.Subscribe(changes);
        var ready = few.ReadyAsync();
        var subscription = await house.AnswerAsync("subscribe_entities");
        foreach (var told in RecordedEntities.Events("2026.11.restart-service", 1, 2)) await house.SayAsync(subscription, told);
        await ready.WaitAsync(Home.Guard);
        Assert.Equal("light.bed_light: (nothing) → off (resync)", (await changes.NextAsync()).ToString());

        await house.AdmitAsync();
        Assert.Equal("off", few.Find("light.bed_light")?.State);
        Assert.False(few.IsCurrent);
        subscription = await house.AnswerAsync("subscribe_entities");
        foreach (var told in RecordedEntities.Events("2026.11.restart-service", 139, 5)) await house.SayAsync(subscription, told);

        var told2 = (await changes.TakeAsync(4)).Select(change => change.ToString());
        Assert.Equal("light.bed_light: off → (nothing) (resync)", told2.First());
        Assert.Equal(
            ["input_boolean.guest_mode: (nothing) → off", "light.bed_light: (nothing) → off", "sun.sun: (nothing) → below_horizon"],
            told2.Skip(1).Order(StringComparer.Ordinal));
        Assert.True(few.IsCurrent);
        Assert.Equal(3, few.All().Count);
    }

    // The rules of the wire once more, over nodes: whole states under "a", differences under "c", ids under "r".
    private static void Mean(SortedDictionary<string, JsonObject> meant, JsonObject told)
    {
        foreach (var (id, whole) in told["a"]?.AsObject() ?? []) meant[id] = whole!.DeepClone().AsObject();
        foreach (var id in told["r"]?.AsArray() ?? []) meant.Remove((string)id!);
        foreach (var (id, difference) in told["c"]?.AsObject() ?? [])
        {
            var state = meant[id];
            foreach (var (name, value) in difference!["+"]!.AsObject())
            {
                if (name == "a") foreach (var (attribute, now) in value!.AsObject()) state["a"]![attribute] = now?.DeepClone();
                else if (name == "c") MeanContext(state, value!);
                else state[name] = value?.DeepClone();
                if (name == "lc") state.Remove("lu");
            }

            foreach (var gone in difference["-"]?["a"]?.AsArray() ?? []) state["a"]!.AsObject().Remove((string)gone!);
        }
    }

    private static void MeanContext(JsonObject state, JsonNode difference)
    {
        var context = state["c"] as JsonObject ?? new JsonObject { ["id"] = state["c"]!.DeepClone() };
        state["c"] = context = context.DeepClone().AsObject();
        foreach (var (name, value) in difference as JsonObject ?? new JsonObject { ["id"] = difference.DeepClone() }) context[name] = value?.DeepClone();
    }

    private static string Describe(string id, JsonObject state)
    {
        var context = state["c"] as JsonObject;
        return Describe(
            id, (string)state["s"]!, Microseconds(state["lc"]!), Microseconds(state["lu"] ?? state["lc"]!),
            ((string)(context?["id"] ?? state["c"])!, (string?)context?["parent_id"], (string?)context?["user_id"]), state["a"]!.ToJsonString());
    }

    private static string Describe(EntityState state) => Describe(
        state.EntityId, state.State, Microseconds(state.LastChanged), Microseconds(state.LastUpdated),
        (state.Context.Id, state.Context.ParentId, state.Context.UserId), state.Attributes.GetRawText());

    private static string Describe(string id, string state, long changed, long updated, (string, string?, string?) context, string attributes)
    {
        var sorted = JsonNode.Parse(attributes)!.AsObject().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value?.ToJsonString()}");
        return $"{id} {state} {changed} {updated} {context} {string.Join(';', sorted)}";
    }

    private static long Microseconds(JsonNode seconds) => (long)Math.Round((double)seconds * 1_000_000);

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static IEnumerable<string> Entities(JsonObject told) =>
        (told["a"]?.AsObject() ?? []).Concat(told["c"]?.AsObject() ?? []).Select(pair => pair.Key).Concat((told["r"]?.AsArray() ?? []).Select(id => (string)id!));

    private static void Hear(SortedDictionary<string, EntityState> heard, EntityChange change)
    {
        Assert.Equal(heard.GetValueOrDefault(change.EntityId), change.Old);
        if (change.New is null) heard.Remove(change.EntityId);
        else heard[change.EntityId] = change.New;
    }
}
