using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class OnDemandTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;
    private static readonly TimeSpan IdleClose = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Starting_opens_no_socket_and_is_done_at_once()
    {
        await using var fixture = OnDemand();

        await fixture.Connection.StartAsync().WaitAsync(Guard);

        Assert.Equal((Idle, 0), (fixture.Connection.State, fixture.Transports.DialCount));
    }

    [Fact]
    public async Task A_command_opens_the_socket_and_is_not_refused_for_want_of_one()
    {
        await using var fixture = OnDemand();
        await fixture.Connection.StartAsync().WaitAsync(Guard);

        var answer = fixture.SendAsync("x", new CommandEnvelope("x") { WhenDisconnected = WhenUnavailable.Fail, ExpectResponseAfter = Guard });
        var server = await fixture.AcceptAsync();
        server.Answer(await server.ReadAsync(), "= y");

        Assert.Equal("y", await answer.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_subscription_opens_the_socket()
    {
        await using var fixture = OnDemand();
        await fixture.Connection.StartAsync().WaitAsync(Guard);

        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
        var server = await fixture.AcceptAsync();

        Assert.Equal("1 sub news", await server.ReadAsync());
    }

    [Fact]
    public async Task What_was_wanted_before_the_start_opens_the_socket_at_once()
    {
        await using var fixture = OnDemand();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());

        var server = await fixture.ReadyAsync();

        Assert.Equal("1 sub news", await server.ReadAsync());
    }

    [Fact]
    public async Task A_socket_that_nothing_has_needed_for_IdleCloseAfter_is_closed_with_a_farewell()
    {
        await using var fixture = OnDemand();
        await fixture.Connection.StartAsync().WaitAsync(Guard);
        var changes = fixture.Watch();
        var answer = fixture.SendAsync("x");
        var server = await fixture.AcceptAsync();
        server.AnswersClose = false;
        var key = (await server.ReadAsync()).Split(' ')[0];
        fixture.Clock.Advance(TimeSpan.FromSeconds(7));
        server.Send($"{key} = y");
        await answer.WaitAsync(Guard);

        // It is looked at every IdleCloseAfter, and closed exactly when the last need is as long ago.
        await fixture.Clock.WaitForTimerAsync(IdleClose - TimeSpan.FromSeconds(7));
        fixture.Clock.Advance(IdleClose - TimeSpan.FromSeconds(7));
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(7));
        Assert.Equal(Ready, fixture.Connection.State);
        fixture.Clock.Advance(TimeSpan.FromSeconds(7));

        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        Assert.False(server.Aborted);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        await changes.NextAsync(Ready);
        var idle = await changes.NextAsync();
        Assert.Equal((Ready, Idle, EndReason.None), (idle.Previous, idle.Current, idle.Reason));
    }

    [Fact]
    public async Task A_command_that_comes_during_the_farewell_leaves_on_the_next_socket()
    {
        await using var fixture = OnDemand();
        var server = await OpenAndIdleAsync(fixture);
        server.AnswersClose = false;
        fixture.Clock.Advance(IdleClose);
        await server.Closed.WaitAsync(Guard);

        var answer = fixture.SendAsync("y", new CommandEnvelope("y") { WhenDisconnected = WhenUnavailable.Fail });
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        server = await fixture.AcceptAsync();
        server.Answer(await server.ReadAsync(), "= fine");

        Assert.Equal("fine", await answer.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_subscription_that_comes_during_the_farewell_is_served_by_the_next_socket()
    {
        await using var fixture = OnDemand();
        var server = await OpenAndIdleAsync(fixture);
        server.AnswersClose = false;
        fixture.Clock.Advance(IdleClose);
        await server.Closed.WaitAsync(Guard);

        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        server = await fixture.AcceptAsync();
        server.Answer(await server.ReadAsync());
        server.Send("1 + here");

        Assert.Equal("here", await inbox.NextAsync());
    }

    [Fact]
    public async Task A_subscription_and_an_unanswered_call_keep_the_socket_open()
    {
        await using var fixture = OnDemand(o => o.ExpectResponseAfter = Timeout.InfiniteTimeSpan);
        await fixture.Connection.StartAsync().WaitAsync(Guard);
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
        var server = await fixture.AcceptAsync();
        server.Answer(await server.ReadAsync());
        var slow = fixture.SendAsync("slow");
        Assert.Equal("2 slow", await server.ReadAsync());

        await PassAsync(fixture, 3);
        consumer.Dispose();
        Assert.Equal("3 stop 1", await server.ReadAsync());
        server.Send("3 =");
        await PassAsync(fixture, 3);
        Assert.Equal(Ready, fixture.Connection.State);
        server.Send("2 = at last");
        await slow.WaitAsync(Guard);

        await PassAsync(fixture, 1);
        await fixture.UntilAsync(Idle);
        await server.Closed.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_socket_that_is_lost_while_nothing_needs_it_is_not_replaced()
    {
        await using var fixture = OnDemand();
        var server = await OpenAndIdleAsync(fixture);
        var changes = fixture.Watch();

        server.Drop();

        Assert.Equal(EndReason.ConnectionLost, (await changes.NextAsync(Backoff)).Reason);
        await changes.NextAsync(Idle);
        Assert.Equal(1, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task Attempts_end_when_nothing_needs_a_socket_any_more_and_begin_again_with_the_next_need()
    {
        await using var fixture = OnDemand(o => o.WaitForReady = TimeSpan.FromMilliseconds(500));
        await fixture.Connection.StartAsync().WaitAsync(Guard);
        fixture.Transports.Refuse(2);
        var changes = fixture.Watch();
        var tooLate = fixture.SendAsync("x");
        await changes.NextAsync(Backoff);

        await fixture.PassAsync(TimeSpan.FromSeconds(1));
        await tooLate.FailsWithAsync<NotConnectedException>();
        await changes.NextAsync(Backoff);
        await changes.NextAsync(Idle);

        Assert.Equal(2, fixture.Transports.DialCount);
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
        await fixture.PassAsync(TimeSpan.FromSeconds(1));
        await fixture.AcceptAsync();
    }

    [Fact]
    public async Task Each_need_opens_a_socket_of_its_own_life()
    {
        await using var fixture = OnDemand();
        await fixture.Connection.StartAsync().WaitAsync(Guard);
        for (var round = 1; round <= 3; round++)
        {
            var answer = fixture.SendAsync("x");
            var server = await fixture.AcceptAsync();
            Assert.Equal("1 x", await server.ReadAsync());
            server.Send("1 = y");
            await answer.WaitAsync(Guard);
            await PassAsync(fixture, 1);
            await fixture.UntilAsync(Idle);
            Assert.Equal(round, fixture.Transports.DialCount);
        }
    }

    private static ConnectionFixture OnDemand(Action<TestOptions>? configure = null) =>
        new(o => { o.Calm(); o.OpenOnDemand = true; o.StableAfter = TimeSpan.FromHours(1); configure?.Invoke(o); });

    /// <summary>A socket that has served one command, and that has IdleCloseAfter to go.</summary>
    private static async Task<MemoryConnection> OpenAndIdleAsync(ConnectionFixture fixture)
    {
        await fixture.Connection.StartAsync().WaitAsync(Guard);
        var answer = fixture.SendAsync("x");
        var server = await fixture.AcceptAsync();
        server.Answer(await server.ReadAsync(), "= y");
        await answer.WaitAsync(Guard);
        await fixture.Clock.WaitForTimerAsync(IdleClose);
        return server;
    }

    private static async Task PassAsync(ConnectionFixture fixture, int spans)
    {
        for (var i = 0; i < spans; i++)
        {
            await fixture.Clock.WaitForTimerAsync(IdleClose);
            fixture.Clock.Advance(IdleClose);
        }
    }
}
