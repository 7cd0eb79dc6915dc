using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Connections;

public sealed class HandoverTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task Each_subscription_moves_by_itself_when_the_successor_has_agreed_and_hears_one_socket_at_a_time()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var (moved, first) = await fixture.ListenAsync(old, "a");
        var (stays, second) = await fixture.ListenAsync(old, "b");
        var successor = await fixture.SucceedAsync(old);
        Assert.Equal(["1 sub a", "2 sub b"], await successor.ReadLinesAsync(2));

        successor.Send("1 started");
        await moved.UntilAsync(status => status.Gap is not null);
        old.Send("1 + unheard");
        old.Send("2 + b from the old one");
        successor.Send("1 + a from the new one");

        Assert.Equal("b from the old one", await second.NextAsync());
        Assert.Equal("a from the new one", await first.NextAsync());
        Assert.Equal((GapReason.Reconnect, null), (moved.Status.Gap!.Reason, moved.Status.Gap.Count));
        Assert.Null(stays.Status.Gap);
        Assert.False(old.Closed.IsCompleted);
        successor.Send("2 started");
        await old.Closed.WaitAsync(Guard);
        successor.Send("2 + b from the new one");
        Assert.Equal("b from the new one", await second.NextAsync());
        Assert.False(first.TryNext(out _));
    }

    [Fact]
    public async Task An_item_of_the_successor_moves_its_subscription_too()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var (_, inbox) = await fixture.ListenAsync(old, "a");
        var successor = await fixture.SucceedAsync(old);
        await successor.ReadAsync();

        successor.Send("1 + before the answer");

        Assert.Equal("before the answer", await inbox.NextAsync());
        successor.Send("1 started");
        await old.Closed.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_subscription_that_the_successor_refuses_ends_and_holds_up_nobody()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var (stream, inbox) = await fixture.ListenAsync(old, "a");
        var successor = await fixture.SucceedAsync(old);

        successor.Answer(await successor.ReadAsync(), "! unknown");

        await inbox.Completion.FailsWithAsync<RefusedException>();
        Assert.Equal(SubscriptionState.Refused, (await stream.UntilAsync(SubscriptionState.Refused)).State);
        await old.Closed.WaitAsync(Guard);
        await fixture.CallAsync(successor);
    }

    [Fact]
    public async Task What_the_successor_does_not_answer_moves_after_ten_seconds()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var (_, inbox) = await fixture.ListenAsync(old, "a");
        var successor = await fixture.SucceedAsync(old);
        await successor.ReadAsync();
        await fixture.Clock.WaitForTimerAsync(HandoverSteps.MoveBudget);

        fixture.Clock.Advance(HandoverSteps.MoveBudget - TimeSpan.FromMilliseconds(1));
        old.Send("1 + still old");
        Assert.Equal("still old", await inbox.NextAsync());
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await old.Closed.WaitAsync(Guard);
        successor.Send("1 + late but here");
        Assert.Equal("late but here", await inbox.NextAsync());
    }

    [Fact]
    public async Task A_tracked_subscription_loses_and_doubles_nothing()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var (stream, inbox) = await fixture.ListenAsync(old, "a");
        old.Send("1 + t1:one");
        Assert.Equal("one", await inbox.NextAsync());
        var successor = await fixture.SucceedAsync(old);
        Assert.Equal("1 sub a after t1", await successor.ReadAsync());

        old.Send("1 + t2:two");
        old.Send("1 + t3:three");
        Assert.Equal("two", await inbox.NextAsync());
        Assert.Equal("three", await inbox.NextAsync());
        successor.Send("1 started");
        foreach (var item in new[] { "t2:two", "t3:three", "t4:four" }) successor.Send($"1 + {item}");
        old.Send("1 + t4:four");

        Assert.Equal("four", await inbox.NextAsync());
        await old.Closed.WaitAsync(Guard);
        successor.Send("1 + t5:five");
        Assert.Equal("five", await inbox.NextAsync());
        Assert.Null(stream.Status.Gap);
    }

    [Fact]
    public async Task New_calls_go_to_the_successor_and_the_old_socket_closes_when_its_own_are_answered()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var slow = fixture.SendAsync("slow");
        Assert.Equal("1 slow", await old.ReadAsync());
        var successor = await fixture.SucceedAsync(old);
        await fixture.OpenedAsync();

        await fixture.CallAsync(successor);
        Assert.False(old.Closed.IsCompleted);
        old.Send("1 = at last");

        Assert.Equal("at last", await slow.WaitAsync(Guard));
        await old.Closed.WaitAsync(Guard);
        await fixture.CallAsync(successor);
    }

    [Fact]
    public async Task The_state_stays_Ready_and_observers_of_connections_hear_of_the_successor()
    {
        await using var fixture = HandoverSteps.Relay();
        var sessions = new Inbox<ConnectedSession>();
        fixture.Connection.Sessions.Subscribe(sessions);
        var old = await fixture.ReadyAsync();
        Assert.Equal(1, (await sessions.NextAsync()).Number);
        var changes = fixture.Watch();

        await fixture.SucceedAsync(old);
        await old.Closed.WaitAsync(Guard);
        await fixture.Connection.StopAsync().WaitAsync(Guard);

        var second = await sessions.NextAsync();
        Assert.Equal((2, EndReason.Handover, TimeSpan.Zero), (second.Number, second.GapReason, second.GapLength));
        Assert.Equal(ConnectionState.Ready, (await changes.NextAsync()).Current);
        Assert.Equal(ConnectionState.Stopped, (await changes.NextAsync()).Current);
    }

    [Fact]
    public async Task A_second_notice_changes_nothing_and_one_of_the_successor_begins_the_next_handover()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var (_, inbox) = await fixture.ListenAsync(old, "a");
        var successor = await fixture.SucceedAsync(old);
        await successor.ReadAsync();
        old.Send("reconnect");
        successor.Send("reconnect");
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));

        successor.Send("1 started");

        await old.Closed.WaitAsync(Guard);
        var third = await fixture.Transports.NextConnectionAsync();
        third.Answer(await third.ReadAsync(), "started");
        await successor.Closed.WaitAsync(Guard);
        third.Send("1 + third");
        Assert.Equal("third", await inbox.NextAsync());
        Assert.Equal(3, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task What_is_wanted_during_a_handover_is_asked_of_the_successor_only()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        await fixture.ListenAsync(old, "a");
        var successor = await fixture.SucceedAsync(old);
        await successor.ReadAsync();
        await fixture.OpenedAsync();

        var (_, inbox) = await fixture.ListenAsync(successor, "b");
        successor.Send("2 + new");

        Assert.Equal("new", await inbox.NextAsync());
        Assert.False(old.TryRead(out _));
    }

    [Fact]
    public async Task A_subscription_that_is_left_during_a_handover_is_stopped_where_it_started()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("a"));
        var consumer = stream.Subscribe(new Inbox<string>());
        old.Answer(await old.ReadAsync(), "started");
        await stream.UntilAsync(SubscriptionState.Active);
        var successor = await fixture.SucceedAsync(old);
        await successor.ReadAsync();

        consumer.Dispose();
        Assert.Equal("1 stop", await old.ReadAsync());

        // It was the last one that kept the old socket open.
        await old.Closed.WaitAsync(Guard);
        successor.Send("1 started");
        Assert.Equal("1 stop", await successor.ReadAsync());
    }
}
