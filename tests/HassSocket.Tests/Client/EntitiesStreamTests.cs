using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Client;

/// <summary>The states of entities: a snapshot, then differences.</summary>
public sealed class EntitiesStreamTests
{
    private static readonly HomeAssistantSimulatorOptions Empty = new() { StartsEmpty = true };

    [Fact]
    public async Task Snapshot_comes_first_and_differences_bring_it_to_the_state_of_the_house()
    {
        await using var home = await Home.ReadyAsync(house: Empty);
        home.House.SetState("light.desk", "off", new JsonObject { ["friendly_name"] = "Desk", ["effect"] = "none" });
        var changes = new Inbox<EntitiesChange>();
        using var subscription = home.Client.SubscribeEntities().Subscribe(changes);

        var snapshot = await changes.NextAsync();
        home.Clock.Advance(TimeSpan.FromSeconds(1));
        home.House.SetState("light.desk", "on", new JsonObject { ["friendly_name"] = "Desk", ["brightness"] = 80 });
        var difference = await changes.NextAsync();

        Assert.True(snapshot.IsSnapshot);
        Assert.False(difference.IsSnapshot);
        var after = Assert.Single(difference.Changed).ApplyTo(Assert.Single(snapshot.Added));
        var listed = (await home.Client.GetStatesAsync().WaitAsync(Home.Guard)).Single();
        Assert.Equal("on", after.State);
        Assert.Equal(listed.Attributes.GetRawText(), after.Attributes.GetRawText());
        Assert.Equal(listed.LastChanged, after.LastChanged);
        Assert.Equal(listed.LastUpdated, after.LastUpdated);
        Assert.Equal(listed.Context, after.Context);
    }

    [Fact]
    public async Task Entities_that_come_and_go_are_told()
    {
        await using var home = await Home.ReadyAsync(house: Empty);
        var changes = new Inbox<EntitiesChange>();
        using var subscription = home.Client.SubscribeEntities().Subscribe(changes);
        Assert.Empty((await changes.NextAsync()).Added);

        home.House.SetState("light.new", "on");
        home.House.RemoveEntity("light.new");

        Assert.Equal("light.new", Assert.Single((await changes.NextAsync()).Added).EntityId);
        Assert.Equal(["light.new"], (await changes.NextAsync()).Removed);
    }

    [Fact]
    public async Task After_a_drop_a_fresh_snapshot_replaces_what_was_known()
    {
        await using var home = await Home.ReadyAsync(house: Empty);
        home.House.SetState("light.desk", "off");
        home.House.SetState("light.gone", "off");
        var changes = new Inbox<EntitiesChange>();
        var stream = home.Client.SubscribeEntities();
        using var subscription = stream.Subscribe(changes);
        Assert.Equal(2, (await changes.NextAsync()).Added.Count);

        var backoff = await home.LoseAsync();
        home.House.SetState("light.desk", "on");
        home.House.RemoveEntity("light.gone");
        await home.ReturnAsync(backoff);

        var fresh = await changes.NextAsync();
        Assert.True(fresh.IsSnapshot);
        Assert.Equal(("light.desk", "on"), fresh.Added.Select(state => (state.EntityId, state.State)).Single());
        Assert.Equal(GapReason.Reconnect, stream.Status.Gap?.Reason);
        Assert.Null(stream.Status.Gap?.Count);
    }

    [Fact]
    public async Task Each_consumer_has_a_snapshot_and_a_subscription_of_its_own()
    {
        await using var home = await Home.ReadyAsync(house: Empty);
        home.House.SetState("light.desk", "off");
        var stream = home.Client.SubscribeEntities();
        var (early, late) = (new Inbox<EntitiesChange>(), new Inbox<EntitiesChange>());
        using var first = stream.Subscribe(early);
        Assert.True((await early.NextAsync()).IsSnapshot);
        home.House.SetState("light.desk", "on");
        await early.NextAsync();

        var second = stream.Subscribe(late);
        var joined = await late.NextAsync();
        second.Dispose();
        await home.NthAsync(1, "unsubscribe_events");

        Assert.True(joined.IsSnapshot);
        Assert.Equal("on", Assert.Single(joined.Added).State);
        Assert.True(early.IsEmpty);
        Assert.Equal(2, home.SentOf("subscribe_entities").Count);
        home.House.SetState("light.desk", "off");
        Assert.Equal("off", Assert.Single((await early.NextAsync()).Changed).State);
    }

    [Fact]
    public async Task Filter_is_applied_by_the_server()
    {
        await using var home = await Home.ReadyAsync(house: Empty);
        foreach (var id in (string[])["light.desk", "switch.desk", "sensor.attic", "sensor.cellar"]) home.House.SetState(id, "on");
        var (byId, byDomain, byPattern) = (new Inbox<EntitiesChange>(), new Inbox<EntitiesChange>(), new Inbox<EntitiesChange>());

        using var one = home.Client.SubscribeEntities(EntityFilter.Entities("light.desk")).Subscribe(byId);
        using var two = home.Client.SubscribeEntities(EntityFilter.Domains("light", "switch")).Subscribe(byDomain);
        using var three = home.Client
            .SubscribeEntities(new EntityFilter { Include = new() { EntityGlobs = ["sensor.*"] }, Exclude = new() { Entities = ["sensor.cellar"] } })
            .Subscribe(byPattern);

        Assert.Equal(["light.desk"], (await byId.NextAsync()).Added.Select(state => state.EntityId));
        Assert.Equal(["light.desk", "switch.desk"], (await byDomain.NextAsync()).Added.Select(state => state.EntityId).Order());
        Assert.Equal(["sensor.attic"], (await byPattern.NextAsync()).Added.Select(state => state.EntityId));
        home.House.SetState("switch.desk", "off");
        Assert.Equal("switch.desk", Assert.Single((await byDomain.NextAsync()).Changed).EntityId);
        await home.RoundTripAsync();
        Assert.True(byId.IsEmpty && byPattern.IsEmpty);
    }

    [Fact]
    public async Task Empty_list_of_ids_is_refused_before_it_is_sent()
    {
        await using var home = await Home.ReadyAsync();

        var refusal = Assert.Throws<ArgumentException>(() => home.Client.SubscribeEntities(EntityFilter.Entities()));
        Assert.Contains("means all entities", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => home.Client.SubscribeEntities(EntityFilter.Domains()));

        await home.RoundTripAsync();
        Assert.Empty(home.SentOf("subscribe_entities"));
    }

    [Fact]
    public async Task Second_wide_subscription_is_allowed_and_warned_of_once_with_the_figures()
    {
        await using var home = await Home.ReadyAsync(house: Empty);
        var changes = new Inbox<EntitiesChange>();
        using var wide = home.Client.OnEvent("state_changed").Subscribe(new Inbox<HassEvent>());
        using var narrow = home.Client.SubscribeEntities(EntityFilter.Domains("light")).Subscribe(new Inbox<EntitiesChange>());
        Assert.DoesNotContain(home.Logs.Entries, entry => entry.Id == 402);

        using var second = home.Client.SubscribeEntities().Subscribe(changes);
        using var third = home.Client.OnAllEvents().Subscribe(new Inbox<HassEvent>());

        Assert.True((await changes.NextAsync()).IsSnapshot);
        Assert.Contains("4,096", Assert.Single(home.Logs.Entries, entry => entry.Id == 402).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_out_of_the_blue_while_a_wide_subscription_is_held_is_told_as_a_probable_overflow_and_healed()
    {
        await using var home = await Home.ReadyAsync(house: Empty);
        var changes = new Inbox<EntitiesChange>();
        using var wide = home.Client.SubscribeEntities().Subscribe(changes);
        await changes.NextAsync();

        home.House.Faults.CloseAll();
        var backoff = await home.UntilAsync(ConnectionState.Backoff);
        await home.ReturnAsync(backoff);

        Assert.Equal(EndReason.ClosedByServer, backoff.Reason);
        Assert.Contains("4,096", backoff.Explanation, StringComparison.Ordinal);
        Assert.True((await changes.NextAsync()).IsSnapshot);
    }
}
