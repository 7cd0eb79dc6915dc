using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class HandoverFailureTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_successor_that_cannot_be_opened_leaves_the_old_socket_serving()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var (_, inbox) = await fixture.ListenAsync(old, "a");
        fixture.Transports.Refuse();
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));

        old.Send("reconnect");
        await fixture.Log.WaitForAsync(21);

        old.Send("1 + still here");
        Assert.Equal("still here", await inbox.NextAsync());
        await fixture.CallAsync(old);
        old.Close(1001);
        var next = await fixture.ReconnectAsync();
        Assert.Equal("1 sub a", await next.ReadAsync());
    }

    [Fact]
    public async Task A_successor_that_ends_too_early_gives_everything_back_and_nothing_is_served_twice()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        var (first, moved) = await fixture.ListenAsync(old, "a");
        var (_, stayed) = await fixture.ListenAsync(old, "b");
        var successor = await fixture.SucceedAsync(old);
        await successor.ReadLinesAsync(2);
        successor.Send("1 started");
        await first.UntilAsync(status => status.Gap is not null);

        successor.Drop();

        // What had moved is still served there: that one is stopped, and asked for anew.
        Assert.Equal("1 stop", await old.ReadAsync());
        Assert.Equal("3 sub a", await old.ReadAsync());
        old.Send("3 started");
        old.Send("1 + unheard");
        old.Send("3 + back");
        old.Send("2 + stayed");
        Assert.Equal("back", await moved.NextAsync());
        Assert.Equal("stayed", await stayed.NextAsync());
        await fixture.CallAsync(old);
        Assert.Equal(Ready, fixture.Connection.State);
    }

    [Fact]
    public async Task After_a_successor_that_failed_the_next_notice_begins_another_handover()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        fixture.Transports.Refuse();
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        old.Send("reconnect");
        await fixture.Log.WaitForAsync(21);

        var successor = await fixture.SucceedAsync(old);

        await old.Closed.WaitAsync(Guard);
        await fixture.CallAsync(successor);
    }

    [Fact]
    public async Task An_old_socket_that_ends_while_its_successor_is_dialled_waits_for_it()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        await fixture.ProveStableAsync();
        var (_, inbox) = await fixture.ListenAsync(old, "a");
        var dialled = new TaskCompletionSource();
        var opens = new TaskCompletionSource();
        fixture.Hooks.OnConnect = () =>
        {
            dialled.SetResult();
            return opens.Task;
        };
        var changes = fixture.Watch();
        old.Send("reconnect");
        await dialled.Task.WaitAsync(Guard);

        old.Close(1012);
        var gap = await changes.NextAsync(Backoff);
        Assert.Equal((EndReason.ClosedByServer, TimeSpan.Zero), (gap.Reason, gap.NextAttemptIn));
        await changes.NextAsync(Connecting);
        opens.SetResult();

        await changes.NextAsync(Ready);
        var successor = await fixture.Transports.NextConnectionAsync();
        successor.Answer(await successor.ReadAsync(), "started");
        successor.Send("1 + again");
        Assert.Equal("again", await inbox.NextAsync());
        Assert.Equal(2, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task A_successor_that_fails_after_its_predecessor_ended_is_followed_by_an_ordinary_attempt()
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        await fixture.ProveStableAsync();
        var opens = new TaskCompletionSource();
        var dialled = new TaskCompletionSource();
        fixture.Hooks.OnConnect = () =>
        {
            dialled.SetResult();
            return opens.Task;
        };
        var changes = fixture.Watch();
        old.Send("reconnect");
        await dialled.Task.WaitAsync(Guard);
        old.Close(1012);
        await changes.NextAsync(Connecting);

        fixture.Hooks.OnConnect = null;
        opens.SetException(new NotConnectedException("Nobody is at home.", EndReason.Refused));

        var wait = (await changes.NextAsync(Backoff)).NextAttemptIn!.Value;
        await fixture.PassAsync(wait);
        await changes.NextAsync(Ready);
        await fixture.CallAsync(await fixture.Transports.NextConnectionAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopping_during_a_handover_closes_both_sockets(bool isBeside)
    {
        await using var fixture = HandoverSteps.Relay();
        var old = await fixture.ReadyAsync();
        await fixture.ListenAsync(old, "a");
        var opens = new TaskCompletionSource();
        if (!isBeside) fixture.Hooks.OnConnect = () => opens.Task;
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        old.Send("reconnect");
        if (isBeside) await fixture.OpenedAsync();
        else await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(10));

        await fixture.Connection.StopAsync().WaitAsync(Guard);

        opens.SetResult();
        await old.Closed.WaitAsync(Guard);
        await (await fixture.Transports.NextConnectionAsync()).Closed.WaitAsync(Guard);
        Assert.Equal(Stopped, fixture.Connection.State);
        fixture.Hooks.OnConnect = null;
        var next = await fixture.ReadyAsync();
        Assert.Equal("1 sub a", await next.ReadAsync());
    }

    [Fact]
    public async Task A_traffic_crash_on_the_successor_stops_the_connection_and_not_just_the_handover()
    {
        await using var fixture = HandoverSteps.Relay(o => { o.SocketCrashRequestsPerSec = 1; o.SocketAvgDuration = TimeSpan.FromSeconds(1); });
        var old = await fixture.ReadyAsync();
        await fixture.ListenAsync(old, "a");
        await fixture.SucceedAsync(old);
        await fixture.OpenedAsync();

        _ = fixture.PostAsync("one");
        await fixture.PostAsync("two").FailsWithAsync<TrafficLimitExceededException>();

        Assert.Equal(EndReason.TrafficLimit, (await fixture.UntilAsync(Faulted)).Reason);
        await old.Closed.WaitAsync(Guard);
    }

    [Fact]
    public async Task What_waits_on_the_successor_is_asked_for_again_though_the_old_socket_has_ended_meanwhile()
    {
        var dialect = new RelayDialect { Probe = new("probe"u8.ToArray()), RetrySignals = [new TextSource("signals")] };
        await using var fixture = HandoverSteps.Relay(dialect: dialect);
        var old = await fixture.ReadyAsync();
        var (stream, inbox) = await fixture.ListenAsync(old, "a");
        var successor = await fixture.SucceedAsync(old);

        successor.Answer(await successor.ReadAsync(), "! starting");
        await old.Closed.WaitAsync(Guard);
        var requests = (await successor.ReadLinesAsync(2)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["2 probe", "3 sub signals"], requests);
        successor.Send("3 started");
        await fixture.Log.WaitForAsync(100, "a successor took over");
        Assert.Equal(SubscriptionState.Waiting, stream.Status.State);
        successor.Send("3 + now");

        Assert.Equal("4 sub a", await successor.ReadAsync());
        successor.Send("4 started");
        successor.Send("4 + served");
        Assert.Equal("served", await inbox.NextAsync());
        Assert.Equal(GapReason.Reconnect, (await stream.UntilAsync(status => status.Gap is not null)).Gap!.Reason);
    }
}
