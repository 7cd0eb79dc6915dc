
namespace HassSocket.Live.Checks;

/// <summary>The states of the house, kept up to date by the SDK.</summary>
internal static class CacheChecks
{
    public static IEnumerable<Check> All =>
    [
        new("cache: all entities, as they are", WholeAsync),
        new("cache: a change is there when its command is answered", FollowsAsync),
        new("cache: some entities only, chosen by the server", SomeAsync),
        new("cache: after a forced drop, what changed meanwhile", ResyncAsync),
    ];

    private static async Task WholeAsync(Visit visit, CancellationToken token)
    {
        var before = await IdsAsync(visit, token);
        await visit.Client.Entities.ReadyAsync(token);
        var kept = visit.Client.Entities.All().Select(state => state.EntityId).ToHashSet();
        var after = await IdsAsync(visit, token);
        // Entities come and go in a living house, so only what stood on both sides is sure.
        Expect.That(kept.IsSupersetOf(before.Intersect(after)));
        Expect.That(kept.IsSubsetOf(before.Union(after)));
        Expect.That(visit.Client.Entities.IsCurrent);
        Expect.That(visit.Client.Entities.OfDomain("light").Any(state => state.EntityId == visit.Lamp.EntityId));
        Expect.That(visit.Client.Entities.Find($"light.{Visit.NameOf("nowhere")}") is null);
    }

    private static async Task FollowsAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OffAsync(visit.Client, token);
        await visit.Client.Entities.ReadyAsync(token);
        await using var changes = await Heard<EntityChange>.ListenAsync(visit.Client.Entities.Changes, token);
        var call = await visit.Lamp.OnAsync(visit.Client, 120, token);
        var kept = visit.Client.Entities.Find(visit.Lamp.EntityId)!;
        Expect.Equal(("on", 120, call.Context.Id), (kept.State, Lamp.BrightnessOf(kept), kept.Context.Id));
        var change = await changes.NextAsync(change => change.EntityId == visit.Lamp.EntityId && !change.IsResync, token);
        Expect.Equal(("off", "on"), (change.Old?.State, change.New?.State));
    }

    private static async Task SomeAsync(Visit visit, CancellationToken token)
    {
        using var lamp = visit.Client.Entities.Only(EntityFilter.Entities(visit.Lamp.EntityId));
        await lamp.ReadyAsync(token);
        Expect.Equal(visit.Lamp.EntityId, lamp.All().Single().EntityId);
    }

    private static async Task ResyncAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OnAsync(visit.Client, 30, token);
        await using var relay = Relay.To(visit.Settings.Server);
        await using var client = await visit.ConnectAsync(token, options => options.BaseUrl = relay.Address);
        using var lamp = client.Entities.Only(EntityFilter.Entities(visit.Lamp.EntityId));
        await lamp.ReadyAsync(token);
        await using var changes = await Heard<EntityChange>.ListenAsync(lamp.Changes, token);
        await changes.NextAsync(change => change.IsResync, token);

        relay.IsClosed = true;
        relay.Cut();
        await visit.Lamp.OnAsync(visit.Client, 40, token);
        relay.IsClosed = false;

        var change = await changes.NextAsync(token);
        Expect.Equal((true, 30, 40), (change.IsResync, Lamp.BrightnessOf(change.Old!), Lamp.BrightnessOf(change.New!)));
        Expect.Equal(40, Lamp.BrightnessOf(lamp.Find(visit.Lamp.EntityId)!));
    }

    private static async Task<HashSet<string>> IdsAsync(Visit visit, CancellationToken token) =>
        [.. (await visit.Client.GetStatesAsync(token)).Select(state => state.EntityId)];
}
