using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Model;

/// <summary>The entity cache: what it knows, when, and what it says when it does not.</summary>
public sealed class EntityStatesTests
{
    private static readonly HomeAssistantSimulatorOptions Empty = new() { StartsEmpty = true };

    [Fact]
    public async Task Nothing_is_asked_of_the_server_before_the_first_use()
    {
        await using var home = await Home.ReadyAsync(house: Empty);

        var states = home.Client.Entities;
        Assert.Equal((false, false, SubscriptionState.Pending), (states.IsReady, states.IsCurrent, states.Status.State));
        await home.RoundTripAsync();
        Assert.Empty(home.SentOf("subscribe_entities"));

        await states.ReadyAsync().WaitAsync(Home.Guard);
        Assert.Equal((true, true), (states.IsReady, states.IsCurrent));
        Assert.Single(home.SentOf("subscribe_entities"));
    }

    [Fact]
    public async Task Entities_are_found_by_id_and_by_domain()
    {
        await using var home = await FilledAsync("light.desk", "light.bed", "switch.pump");
        var states = home.Client.Entities;

        Assert.Equal("on", states.Find("light.desk")?.State);
        Assert.Null(states.Find("light.cellar"));
        Assert.Equal(["light.bed", "light.desk"], Ids(states.OfDomain("light")));
        Assert.Empty(states.OfDomain("lig"));
        Assert.Equal(["light.bed", "light.desk", "switch.pump"], Ids(states.All()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Entities_that_go_and_come_back_are_found_by_domain_too(bool wasAskedBefore)
    {
        await using var home = await FilledAsync("light.a", "light.b", "light.c");
        var states = home.Client.Entities;
        if (wasAskedBefore) Assert.Equal(["light.a", "light.b", "light.c"], Ids(states.OfDomain("light")));

        home.House.RemoveEntity("light.a");
        home.House.RemoveEntity("light.c");
        home.House.SetState("light.d", "on");
        home.House.SetState("light.a", "off");
        await home.RoundTripAsync();

        Assert.Equal(["light.a", "light.b", "light.d"], Ids(states.OfDomain("light")));
        Assert.Equal("off", states.Find("light.a")?.State);
        Assert.Null(states.Find("light.c"));
    }

    [Fact]
    public async Task What_a_command_changed_is_here_when_its_answer_is()
    {
        await using var home = await Home.ReadyAsync();
        await home.Client.Entities.ReadyAsync().WaitAsync(Home.Guard);

        await home.Client.CallServiceAsync("light", "turn_on", new JsonObject { ["brightness"] = 42 }, Target.Entity("light.bed_light")).WaitAsync(Home.Guard);

        var light = home.Client.Entities.Find("light.bed_light")!;
        Assert.Equal(("on", 42), (light.State, light.Attribute("brightness")?.GetInt32()));
    }

    [Fact]
    public async Task It_knows_what_get_states_tells()
    {
        await using var home = await Home.ReadyAsync();
        await home.Client.Entities.ReadyAsync().WaitAsync(Home.Guard);
        home.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var service in (string[])["toggle", "turn_off", "turn_on"])
            await home.Client.CallServiceAsync("light", service, new JsonObject(), Target.Entity("light.bed_light")).WaitAsync(Home.Guard);

        var listed = await home.Client.GetStatesAsync().WaitAsync(Home.Guard);

        Assert.True(listed.Count > 50);
        Assert.Equal(
            listed.Select(state => state with { LastReported = null }).OrderBy(state => state.EntityId, StringComparer.Ordinal),
            home.Client.Entities.All().OrderBy(state => state.EntityId, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_question_before_the_states_have_come_is_answered_with_what_to_do()
    {
        await using var home = new Home(house: Empty);

        var early = Assert.Throws<InvalidOperationException>(() => home.Client.Entities.Find("light.desk"));
        Assert.Contains("have not come yet. The socket is not started. Await ReadyAsync()", early.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => home.Client.Entities.All());
        Assert.Throws<InvalidOperationException>(() => home.Client.Entities.OfDomain("light"));

        // The question was a use: the states are asked for as soon as there is a connection.
        await home.StartAsync();
        await home.NthAsync(1, "subscribe_entities");
    }

    [Fact]
    public async Task Waiting_for_the_states_ends_with_a_reason()
    {
        await using var home = new Home(house: Empty);
        home.House.Faults.RefuseConnections = true;
        _ = home.Client.StartAsync();
        await home.UntilAsync(ConnectionState.Backoff);

        var ready = home.Client.Entities.ReadyAsync();
        await home.Clock.WaitForTimerAsync(home.Options.WaitForReady);
        home.Clock.Advance(home.Options.WaitForReady);

        var failure = await Assert.ThrowsAsync<NotConnectedException>(() => ready.WaitAsync(Home.Guard));
        Assert.Contains("did not come within 30 s (WaitForReady)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiter_can_leave()
    {
        await using var home = new Home(house: Empty);
        using var leave = new CancellationTokenSource();

        var ready = home.Client.Entities.ReadyAsync(leave.Token);
        await leave.CancelAsync();

        var left = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready.WaitAsync(Home.Guard));
        Assert.Equal(leave.Token, left.CancellationToken);
    }

    [Fact]
    public async Task A_refusal_is_told_to_those_who_wait_and_to_those_who_ask()
    {
        await using var home = await Home.ReadyAsync(house: Empty);
        home.House.OnCommand("subscribe_entities", _ => throw new SimulatedErrorException("unauthorized", "Unauthorized"));

        var refusal = await Assert.ThrowsAsync<HassCommandException>(() => home.Client.Entities.ReadyAsync().WaitAsync(Home.Guard));
        var early = Assert.Throws<InvalidOperationException>(() => home.Client.Entities.Find("light.desk"));

        Assert.Equal("unauthorized", refusal.Code);
        Assert.Contains("The server says:", early.Message, StringComparison.Ordinal);
        Assert.Equal(SubscriptionState.Refused, home.Client.Entities.Status.State);
    }

    [Fact]
    public async Task After_a_loss_states_stay_readable_and_say_that_they_are_old()
    {
        await using var home = await FilledAsync("light.desk", "light.gone");
        var states = home.Client.Entities;

        var backoff = await home.LoseAsync();
        Assert.Equal((true, false), (states.IsReady, states.IsCurrent));
        Assert.Equal("on", states.Find("light.desk")?.State);
        home.House.SetState("light.desk", "off");
        home.House.RemoveEntity("light.gone");
        await home.ReturnAsync(backoff);
        await home.NthAsync(2, "subscribe_entities");
        await home.RoundTripAsync();

        Assert.True(states.IsCurrent);
        Assert.Equal(["light.desk"], Ids(states.All()));
        Assert.Equal("off", states.Find("light.desk")?.State);
        Assert.Equal(GapReason.Reconnect, states.Status.Gap?.Reason);
    }

    [Fact]
    public async Task Given_up_it_ends_at_the_server_and_the_next_use_opens_it_again()
    {
        await using var home = await FilledAsync("light.desk");
        var states = home.Client.Entities;

        states.Dispose();
        await home.NthAsync(1, "unsubscribe_events");
        Assert.Equal((true, false), (states.IsReady, states.IsCurrent));
        home.House.SetState("light.desk", "off");
        await home.RoundTripAsync();

        Assert.Equal("on", states.Find("light.desk")?.State);
        await home.NthAsync(2, "subscribe_entities");
        await home.RoundTripAsync();
        Assert.Equal("off", states.Find("light.desk")?.State);
        Assert.True(states.IsCurrent);
    }

    [Fact]
    public async Task A_filter_is_applied_by_the_server_over_a_subscription_that_is_not_wide()
    {
        await using var home = await FilledAsync("light.desk", "switch.pump");
        using var lights = home.Client.Entities.Only(EntityFilter.Domains("light"));

        await lights.ReadyAsync().WaitAsync(Home.Guard);

        Assert.Equal(["light.desk"], Ids(lights.All()));
        Assert.Null(lights.Find("switch.pump"));
        Assert.Equal("""{"domains":["light"]}""", home.SentOf("subscribe_entities")[1]["include"]?.ToJsonString());
        Assert.DoesNotContain(home.Logs.Entries, entry => entry.Id == 402);
        Assert.Throws<ArgumentException>(() => home.Client.Entities.Only(EntityFilter.Entities()));
    }

    internal static async Task<Home> FilledAsync(params string[] entityIds)
    {
        var home = await Home.ReadyAsync(house: Empty);
        foreach (var id in entityIds) home.House.SetState(id, "on");
        await home.Client.Entities.ReadyAsync().WaitAsync(Home.Guard);
        return home;
    }

    private static IEnumerable<string> Ids(IEnumerable<EntityState> states) => states.Select(state => state.EntityId).Order(StringComparer.Ordinal);
}
