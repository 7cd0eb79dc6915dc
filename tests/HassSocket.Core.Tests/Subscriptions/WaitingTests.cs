using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Subscriptions;

public sealed class WaitingTests
{
    [Fact]
    public async Task Ready_does_not_wait_for_the_answers_of_the_restore()
    {
        await using var fixture = new ConnectionFixture();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        using var consumer = stream.Subscribe(new Inbox<string>());

        var server = await fixture.ReadyAsync();

        Assert.Equal(ConnectionState.Ready, fixture.Connection.State);
        Assert.Equal(["1 sub news"], await fixture.SentAsync(server));
        Assert.Equal(SubscriptionState.Pending, stream.Status.State);
        fixture.Clock.Advance(TimeSpan.FromSeconds(29));
        server.Send("1 =");
        await stream.UntilAsync(SubscriptionState.Active);
    }

    [Fact]
    public async Task What_a_starting_server_refuses_waits_while_the_others_are_served()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.Waiting());
        var server = await fixture.ReadyAsync();
        var late = fixture.Connection.Subscribe(new TextSource("late"));
        var inbox = new Inbox<string>();
        var other = new Inbox<string>();
        using var first = late.Subscribe(inbox);
        using var second = fixture.Connection.Subscribe(new TextSource("other")).Subscribe(other);
        await fixture.SentAsync(server);

        server.Send("1 ! starting not loaded yet\n2 =\n2 + a");

        Assert.Equal("a", await other.NextAsync());
        var status = await late.UntilAsync(SubscriptionState.Waiting);
        Assert.Contains("'sub late' was refused: starting", status.Reason, StringComparison.Ordinal);
        Assert.IsType<RefusedException>(status.Error);
        Assert.Equal(1, fixture.Connection.WaitingSubscriptions);
        Assert.False(inbox.TryNext(out _));
        Assert.False(inbox.IsOver);
    }

    [Fact]
    public async Task A_signal_asks_again_and_signals_are_heard_only_while_something_waits()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.Waiting());
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("late"));
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        var (signals, probe) = await WaitAsync(fixture, server);
        server.Send($"{probe} = starting\n{signals} =");
        Assert.Empty(await fixture.SentAsync(server));

        server.Send($"{signals} + moved on");
        var lines = await server.ReadRequestsAsync("sub late", "probe");
        server.Answer(lines[1], "= starting");
        var key = server.Answer(lines[0]);
        server.Send($"{key} + a");

        Assert.Equal("a", await inbox.NextAsync());
        Assert.Equal(SubscriptionState.Active, stream.Status.State);
        Assert.Null(stream.Status.Reason);
        Assert.EndsWith($" stop {signals}", await server.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, fixture.Connection.WaitingSubscriptions);
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task A_settled_server_gives_one_last_chance_and_then_its_refusal_is_final()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.Waiting());
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("late"));
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        var (signals, probe) = await WaitAsync(fixture, server);

        server.Send($"{signals} =\n{probe} = settled");
        var again = await server.ReadAsync();
        Assert.EndsWith(" sub late", again, StringComparison.Ordinal);
        server.Answer(again, "! starting still not");

        await Assert.ThrowsAsync<RefusedException>(() => inbox.Completion);
        Assert.Equal(SubscriptionState.Refused, stream.Status.State);
        Assert.EndsWith($" stop {signals}", await server.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, fixture.Connection.WaitingSubscriptions);
    }

    [Fact]
    public async Task A_refusal_that_overtakes_the_probe_of_a_settled_server_is_not_yet_final()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.Waiting());
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("late"));
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        var (signals, probe) = await WaitAsync(fixture, server);
        server.Send($"{probe} = starting\n{signals} =");
        await fixture.SentAsync(server);
        server.Send($"{signals} + moved on");
        var lines = await server.ReadRequestsAsync("sub late", "probe");

        server.Answer(lines[1], "= settled");
        await fixture.SentAsync(server);
        server.Answer(lines[0], "! starting it was asked too early");

        var again = await server.ReadAsync();
        Assert.EndsWith(" sub late", again, StringComparison.Ordinal);
        server.Send($"{server.Answer(again)} + a");
        Assert.Equal("a", await inbox.NextAsync());
    }

    [Fact]
    public async Task What_was_active_before_a_restart_waits_whatever_the_refusal()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.Waiting());
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("late"));
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        server.Answer(await server.ReadAsync());
        await stream.UntilAsync(SubscriptionState.Active);

        server = await fixture.ReconnectAsync(server);
        server.Answer(await server.ReadAsync(), "! unknown never heard of it");

        await stream.UntilAsync(SubscriptionState.Waiting);
        var lines = await server.ReadRequestsAsync("sub signals", "probe");
        server.Answer(lines[1], "= settled");
        var again = await server.ReadAsync();
        Assert.EndsWith(" sub late", again, StringComparison.Ordinal);
        server.Send($"{server.Answer(again)} + a");
        Assert.Equal("a", await inbox.NextAsync());
        Assert.Equal(GapReason.Reconnect, stream.Status.Gap!.Reason);
    }

    [Fact]
    public async Task What_waits_is_asked_for_by_the_next_session_and_pending_until_then()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.Waiting());
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("late"));
        using var consumer = stream.Subscribe(new Inbox<string>());
        await WaitAsync(fixture, server);

        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);
        Assert.Equal(SubscriptionState.Pending, stream.Status.State);
        Assert.Equal(0, fixture.Connection.WaitingSubscriptions);
        server = await fixture.ReconnectAsync(server);

        Assert.Equal(["1 sub late"], await fixture.SentAsync(server));
        server.Send("1 ! starting not loaded yet");
        await stream.UntilAsync(SubscriptionState.Waiting);
        Assert.Equal(["sub signals", "probe"], (await server.ReadLinesAsync(2)).Select(line => line.Split(' ', 2)[1]).OrderDescending());
    }

    [Fact]
    public async Task A_waiting_subscription_that_is_left_is_not_asked_for_again_and_ends_the_signals()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.Waiting());
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("late"));
        var consumer = stream.Subscribe(new Inbox<string>());
        var (signals, probe) = await WaitAsync(fixture, server);
        server.Send($"{signals} =\n{probe} = starting");
        await fixture.SentAsync(server);

        consumer.Dispose();

        Assert.EndsWith($" stop {signals}", await server.ReadAsync(), StringComparison.Ordinal);
        server.Send($"{signals} + moved on");
        Assert.Empty(await fixture.SentAsync(server));
        Assert.Equal(0, fixture.Connection.WaitingSubscriptions);
    }

    [Fact]
    public async Task Who_joins_what_waits_hears_why()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.Waiting());
        var server = await fixture.ReadyAsync();
        using var first = fixture.Connection.Subscribe(new TextSource("late")).Subscribe(new Inbox<string>());
        await WaitAsync(fixture, server);

        var joining = fixture.Connection.Subscribe(new TextSource("late"));
        using var second = joining.Subscribe(new Inbox<string>());

        Assert.Equal(SubscriptionState.Waiting, joining.Status.State);
        Assert.Contains("starting", joining.Status.Reason, StringComparison.Ordinal);
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task A_signal_that_is_refused_does_not_wait_itself()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.Waiting());
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("late"));
        var consumer = stream.Subscribe(new Inbox<string>());
        var (signals, probe) = await WaitAsync(fixture, server);

        server.Send($"{signals} ! starting no signals yet\n{probe} = starting");
        Assert.Empty(await fixture.SentAsync(server));
        Assert.Equal(1, fixture.Connection.WaitingSubscriptions);
        consumer.Dispose();

        Assert.Empty(await fixture.SentAsync(server));
        Assert.Equal(0, fixture.Connection.WaitingSubscriptions);
    }

    // The client's one subscription is refused; the keys are those of the signals and of the probe that follow.
    private static async Task<(string Signals, string Probe)> WaitAsync(ConnectionFixture fixture, MemoryConnection server)
    {
        Assert.Equal(["1 sub late"], await fixture.SentAsync(server));
        server.Send("1 ! starting not loaded yet");
        var lines = (await server.ReadLinesAsync(2)).ToDictionary(line => line.Split(' ', 2)[1], line => line.Split(' ')[0]);
        return (lines["sub signals"], lines["probe"]);
    }
}
