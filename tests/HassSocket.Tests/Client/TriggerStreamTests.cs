using System.Text.Json.Nodes;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Client;

public sealed class TriggerStreamTests
{
    [Fact]
    public async Task State_trigger_fires_when_the_state_changes()
    {
        await using var home = await Home.ReadyAsync();
        home.House.SetState("binary_sensor.hall", "off");
        var fired = new Inbox<TriggerFired>();
        using var subscription = home.Client
            .SubscribeTrigger(new JsonObject { ["trigger"] = "state", ["entity_id"] = "binary_sensor.hall", ["to"] = "on", ["id"] = "motion" })
            .Subscribe(fired);
        await home.NthAsync(1, "subscribe_trigger");
        await home.RoundTripAsync();

        home.House.SetState("binary_sensor.hall", "on");

        var first = await fired.NextAsync();
        Assert.Equal("motion", first.Id);
        Assert.Equal("state", first.Platform);
        Assert.Equal("on", first.Trigger.GetProperty("to_state").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Event_trigger_with_variables_is_asked_for_again_after_a_drop()
    {
        await using var home = await Home.ReadyAsync();
        var trigger = new JsonObject { ["trigger"] = "event", ["event_type"] = "doorbell" };
        var fired = new Inbox<TriggerFired>();
        using var subscription = home.Client.SubscribeTrigger(trigger, new JsonObject { ["floor"] = 1 }).Subscribe(fired);
        trigger["event_type"] = "changed afterwards";
        await home.NthAsync(1, "subscribe_trigger");

        await home.BlinkAsync();
        await home.NthAsync(2, "subscribe_trigger");
        await home.RoundTripAsync();
        home.House.FireEvent("doorbell");

        Assert.Equal("event", (await fired.NextAsync()).Platform);
        Assert.Equal(home.SentOf("subscribe_trigger")[0]["trigger"]!.ToJsonString(), home.SentOf("subscribe_trigger")[1]["trigger"]!.ToJsonString());
    }

    [Fact]
    public async Task Wrong_trigger_on_a_running_server_ends_the_stream_with_the_refusal()
    {
        await using var home = await Home.ReadyAsync();
        var fired = new Inbox<TriggerFired>();
        var stream = home.Client.SubscribeTrigger(new JsonObject { ["trigger"] = "telepathy" });
        using var subscription = stream.Subscribe(fired);

        var refusal = await Assert.ThrowsAsync<HassCommandException>(() => fired.Completion);

        Assert.Equal("invalid_format", refusal.Code);
        Assert.Equal("subscribe_trigger", refusal.Command);
        Assert.Equal(SubscriptionState.Refused, stream.Status.State);
    }
}
