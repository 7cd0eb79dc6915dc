using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Client;

/// <summary>Events and triggers: one subscription at the server for all who listen, each of whom hears everything once.</summary>
public sealed class SharedStreamTests
{
    private const string Doorbell = "doorbell";
    private const int Many = 1_000;

    [Fact]
    public async Task A_thousand_observers_of_an_event_type_are_one_subscription_on_the_wire()
    {
        await using var home = await Home.ReadyAsync();
        var inboxes = Enumerable.Range(0, Many).Select(_ => new Inbox<HassEvent>()).ToArray();

        var subscriptions = inboxes.AsParallel().Select(inbox => home.Client.OnEvent(Doorbell).Subscribe(inbox)).ToArray();
        await home.RoundTripAsync();
        home.House.FireEvent(Doorbell, new JsonObject { ["n"] = 1 });

        foreach (var inbox in inboxes) Assert.Equal(1, (await inbox.NextAsync()).Data().GetProperty("n").GetInt32());
        await home.RoundTripAsync();
        Assert.All(inboxes, inbox => Assert.True(inbox.IsEmpty));
        Assert.Single(home.SentOf("subscribe_events"));
        await LeaveAsync(home, subscriptions);
    }

    [Fact]
    public async Task A_thousand_observers_of_a_trigger_are_one_subscription_on_the_wire()
    {
        await using var home = await Home.ReadyAsync();
        var inboxes = Enumerable.Range(0, Many).Select(_ => new Inbox<TriggerFired>()).ToArray();

        var subscriptions = inboxes.AsParallel().Select(inbox => home.Client.SubscribeTrigger(Trigger()).Subscribe(inbox)).ToArray();
        await home.RoundTripAsync();
        home.House.FireEvent(Doorbell);

        foreach (var inbox in inboxes) Assert.Equal("event", (await inbox.NextAsync()).Platform);
        await home.RoundTripAsync();
        Assert.All(inboxes, inbox => Assert.True(inbox.IsEmpty));
        Assert.Single(home.SentOf("subscribe_trigger"));
        await LeaveAsync(home, subscriptions);
    }

    [Fact]
    public async Task Observers_who_read_differently_share_as_well()
    {
        await using var home = await Home.ReadyAsync();
        var (typed, raw) = (new Inbox<HassEvent>(), new Inbox<JsonElement>());

        using var first = home.Client.OnEvent(Doorbell).Subscribe(typed);
        using var second = home.Client.Subscribe("subscribe_events", new JsonObject { ["event_type"] = Doorbell }).Subscribe(raw);
        await home.RoundTripAsync();
        home.House.FireEvent(Doorbell);

        Assert.Equal(Doorbell, (await typed.NextAsync()).EventType);
        Assert.Equal(Doorbell, (await raw.NextAsync()).GetProperty("event_type").GetString());
        Assert.Single(home.SentOf("subscribe_events"));
    }

    [Fact]
    public async Task Two_event_types_are_two_subscriptions_and_each_observer_hears_its_own()
    {
        await using var home = await Home.ReadyAsync();
        var (doorbell, phone) = (new Inbox<HassEvent>(), new Inbox<HassEvent>());
        using var first = home.Client.OnEvent(Doorbell).Subscribe(doorbell);
        using var second = home.Client.OnEvent("phone").Subscribe(phone);
        await home.RoundTripAsync();

        home.House.FireEvent("phone");
        home.House.FireEvent(Doorbell);

        Assert.Equal(Doorbell, (await doorbell.NextAsync()).EventType);
        Assert.Equal("phone", (await phone.NextAsync()).EventType);
        await home.RoundTripAsync();
        Assert.True(doorbell.IsEmpty && phone.IsEmpty);
        Assert.Equal(2, home.SentOf("subscribe_events").Count);
    }

    [Fact]
    public async Task An_event_before_the_result_of_its_subscription_is_not_lost()
    {
        await using var home = await Home.ReadyAsync();
        home.House.OnCommand("subscribe_events", command =>
        {
            command.KeepSubscribed(() => { });
            for (var n = 1; n <= 2; n++) command.SendEvent(new JsonObject { ["event_type"] = Doorbell, ["data"] = new JsonObject { ["n"] = n } });
            return Task.FromResult<JsonNode?>(null);
        });
        var heard = new Inbox<HassEvent>();

        using var subscription = home.Client.OnEvent(Doorbell).Subscribe(heard);

        Assert.Equal([1, 2], (await heard.TakeAsync(2)).Select(one => one.Data().GetProperty("n").GetInt32()));
        await home.RoundTripAsync();
        Assert.True(heard.IsEmpty);
    }

    [Fact]
    public async Task Order_is_kept_and_nothing_is_doubled_across_two_reconnects()
    {
        await using var home = await Home.ReadyAsync();
        var heard = new Inbox<HassEvent>();
        using var subscription = home.Client.OnEvent(Doorbell).Subscribe(heard);
        await home.RoundTripAsync();

        for (var round = 0; round < 3; round++)
        {
            for (var n = 0; n < 100; n++) home.House.FireEvent(Doorbell, new JsonObject { ["n"] = (round * 100) + n });
            Assert.Equal(
                Enumerable.Range(round * 100, 100),
                (await heard.TakeAsync(100)).Select(one => one.Data().GetProperty("n").GetInt32()));
            await home.BlinkAsync();
            await home.RoundTripAsync();
        }

        Assert.True(heard.IsEmpty);
        Assert.Equal(4, home.SentOf("subscribe_events").Count);
    }

    private static JsonObject Trigger() => new() { ["trigger"] = "event", ["event_type"] = Doorbell };

    // The last one to leave ends it, at the server too.
    private static async Task LeaveAsync(Home home, IDisposable[] subscriptions)
    {
        foreach (var subscription in subscriptions.Skip(1)) subscription.Dispose();
        await home.RoundTripAsync();
        Assert.Empty(home.SentOf("unsubscribe_events"));
        subscriptions[0].Dispose();
        await home.NthAsync(1, "unsubscribe_events");
        await home.RoundTripAsync();
        Assert.Single(home.SentOf("unsubscribe_events"));
        Assert.Equal(0, home.House.Connections.Single().Subscriptions);
    }
}
