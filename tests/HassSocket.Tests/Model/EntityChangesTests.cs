using System.Text.Json.Nodes;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Model;

/// <summary>The stream of what becomes of entities: old, new, live or found by comparing.</summary>
public sealed class EntityChangesTests
{
    [Fact]
    public async Task Each_consumer_gets_what_is_there_and_then_what_changes_over_one_subscription()
    {
        await using var home = await EntityStatesTests.FilledAsync("light.desk", "light.bed");
        var (early, late) = (new Inbox<EntityChange>(), new Inbox<EntityChange>());
        using var first = home.Client.Entities.Changes.Subscribe(early);
        Assert.All(await early.TakeAsync(2), change => Assert.Equal((true, true, "on"), (change.IsResync, change.Old is null, change.New!.State)));

        home.House.SetState("light.desk", "off");
        var live = await early.NextAsync();
        using var second = home.Client.Entities.Changes.Subscribe(late);
        var whole = await late.TakeAsync(2);
        home.House.RemoveEntity("light.bed");

        Assert.Equal(("light.desk", "on", "off", false), (live.EntityId, live.Old?.State, live.New?.State, live.IsResync));
        Assert.Equal("off", whole.Single(change => change.EntityId == "light.desk").New?.State);
        Assert.All([await early.NextAsync(), await late.NextAsync()], gone => Assert.Equal(("light.bed", "on", true), (gone.EntityId, gone.Old?.State, gone.New is null)));
        Assert.Single(home.SentOf("subscribe_entities"));
        Assert.DoesNotContain(home.Logs.Entries, entry => entry.Id == 402);
    }

    [Fact]
    public async Task After_a_reconnect_only_the_differences_are_told_and_said_to_be_found()
    {
        await using var home = await EntityStatesTests.FilledAsync("light.desk", "light.bed", "light.gone");
        var changes = new Inbox<EntityChange>();
        using var consumer = home.Client.Entities.Changes.Subscribe(changes);
        await changes.TakeAsync(3);

        home.Clock.Advance(TimeSpan.FromMilliseconds(10));
        var backoff = await home.LoseAsync();
        home.House.SetState("light.desk", "off");
        home.House.SetState("light.new", "on");
        home.House.RemoveEntity("light.gone");
        await home.ReturnAsync(backoff);

        var found = (await changes.TakeAsync(3)).ToDictionary(change => change.EntityId);
        Assert.All(found.Values, change => Assert.True(change.IsResync));
        Assert.Equal(("on", "off"), (found["light.desk"].Old?.State, found["light.desk"].New?.State));
        Assert.Equal((null, "on"), (found["light.new"].Old?.State, found["light.new"].New?.State));
        Assert.Equal(("on", null), (found["light.gone"].Old?.State, found["light.gone"].New?.State));
        home.House.SetState("light.bed", "off");
        Assert.Equal(("light.bed", false), await changes.NextAsync() is var live ? (live.EntityId, live.IsResync) : default);
    }

    [Fact]
    public async Task In_a_pause_states_go_on_and_changes_are_told_as_differences_at_its_end()
    {
        await using var home = await EntityStatesTests.FilledAsync("light.desk", "light.bed", "light.gone");
        var changes = new Inbox<EntityChange>();
        using var consumer = home.Client.Entities.Changes.Subscribe(changes);
        await changes.TakeAsync(3);

        home.Client.PauseMessages = true;
        home.House.SetState("light.desk", "off");
        home.House.SetState("light.desk", "dim");
        home.House.RemoveEntity("light.gone");
        home.House.SetState("light.blink", "on");
        home.House.RemoveEntity("light.blink");
        // Commands do not pass a pause, but subscriptions do: when this one has its states, what came before is folded in.
        using var fence = home.Client.Entities.Only(EntityFilter.Entities("light.desk"));
        await fence.ReadyAsync().WaitAsync(Home.Guard);
        Assert.Equal("dim", home.Client.Entities.Find("light.desk")?.State);
        Assert.True(changes.IsEmpty);
        home.Client.PauseMessages = false;

        var found = (await changes.TakeAsync(2)).ToDictionary(change => change.EntityId);
        Assert.Equal(("on", "dim", true), (found["light.desk"].Old?.State, found["light.desk"].New?.State, found["light.desk"].IsResync));
        Assert.Equal(("on", null), (found["light.gone"].Old?.State, found["light.gone"].New?.State));
        Assert.Equal(2, home.SentOf("subscribe_entities").Count);
        home.House.SetState("light.bed", "off");
        Assert.False((await changes.NextAsync()).IsResync);
    }

    [Fact]
    public async Task Attributes_are_those_of_their_moment_however_late_they_are_looked_at()
    {
        await using var home = await EntityStatesTests.FilledAsync("sensor.attic");
        var changes = new Inbox<EntityChange>();
        using var consumer = home.Client.Entities.Changes.Subscribe(changes);
        await changes.NextAsync();

        for (var i = 0; i < 100; i++)
        {
            var attributes = new JsonObject { ["step"] = i, [$"only_{i % 3}"] = true, ["unit"] = "°C" };
            home.House.SetState("sensor.attic", "21", attributes);
        }

        var all = await changes.TakeAsync(100);
        for (var i = 99; i >= 0; i--)
        {
            var names = all[i].New!.Attributes.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);
            Assert.Equal([$"only_{i % 3}", "step", "unit"], names);
            Assert.Equal(i, all[i].New!.Attribute("step")?.GetInt32());
            Assert.False(all[i].IsStateChange && i > 0);
        }
    }

    [Fact]
    public async Task Latest_keeps_one_change_for_each_entity()
    {
        await using var home = await EntityStatesTests.FilledAsync("light.desk");
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var changes = new Inbox<EntityChange>();
        var latest = home.Client.Entities.Changes.With(new StreamOptions { Policy = OverflowPolicy.Latest, LatestKey = "entity_id" });
        await using var consumer = latest.SubscribeAsync(async (change, _) =>
        {
            entered.TrySetResult();
            await release.Task;
            changes.OnNext(change);
        });
        await entered.Task.WaitAsync(Home.Guard);

        for (var i = 0; i < 10; i++) home.House.SetState("light.desk", $"{i}");
        await home.RoundTripAsync();
        release.SetResult();

        Assert.Equal(["on", "9"], (await changes.TakeAsync(2)).Select(change => change.New?.State));
    }
}
