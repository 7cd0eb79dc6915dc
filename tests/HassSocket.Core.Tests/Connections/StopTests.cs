using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class StopTests
{
    public static TheoryData<ConnectionState> States => [Stopped, Idle, Connecting, Authenticating, Ready, Backoff, Faulted];

    [Theory]
    [MemberData(nameof(States))]
    public async Task Stopping_works_in_every_state_and_a_start_begins_afresh(ConnectionState state)
    {
        await using var fixture = new ConnectionFixture(o => { o.Calm(); o.OpenOnDemand = state == Idle; });
        await fixture.ReachAsync(state);

        await fixture.Connection.StopAsync().WaitAsync(ConnectionFixture.Guard);

        Assert.Equal(Stopped, fixture.Connection.State);
        await Assert.ThrowsAsync<NotConnectedException>(() => fixture.SendAsync("echo"));
        if (state == Idle) await fixture.Connection.StartAsync().WaitAsync(ConnectionFixture.Guard);
        else await fixture.ReadyAsync();
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Disposing_works_in_every_state_and_twice_and_leaves_no_timer(ConnectionState state)
    {
        var fixture = new ConnectionFixture(o => o.OpenOnDemand = state == Idle);
        var server = await fixture.ReachAsync(state);

        await fixture.Connection.DisposeAsync().AsTask().WaitAsync(ConnectionFixture.Guard);
        await fixture.Connection.DisposeAsync();

        Assert.Equal(Stopped, fixture.Connection.State);
        Assert.Equal(0, fixture.Clock.ActiveTimers);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => fixture.SendAsync("echo"));
        if (server is not null) await server.Closed.WaitAsync(ConnectionFixture.Guard);
    }

    [Fact]
    public async Task Stopping_says_goodbye_and_waits_two_seconds_for_a_silent_peer()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var server = await fixture.ReadyAsync();
        server.AnswersClose = false;

        var stop = fixture.Connection.StopAsync();
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        await server.Closed.WaitAsync(ConnectionFixture.Guard);
        Assert.False(server.Aborted);
        Assert.False(stop.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));

        await stop.WaitAsync(ConnectionFixture.Guard);
        Assert.True(server.Aborted);
    }

    [Fact]
    public async Task Whoever_disposes_second_waits_for_the_end_too()
    {
        var fixture = new ConnectionFixture(o => o.Calm());
        var server = await fixture.ReadyAsync();
        server.AnswersClose = false;
        var first = fixture.Connection.DisposeAsync().AsTask();
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(2));

        var second = fixture.Connection.DisposeAsync().AsTask();

        Assert.False(second.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(first, second).WaitAsync(ConnectionFixture.Guard);
        Assert.Equal(Stopped, fixture.Connection.State);
    }

    [Fact]
    public async Task A_stop_whose_caller_gives_up_goes_through_and_the_next_start_begins_afresh()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var server = await fixture.ReadyAsync();
        server.AnswersClose = false;
        using var patience = new CancellationTokenSource();

        var stop = fixture.Connection.StopAsync(patience.Token);
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);
        var start = fixture.Connection.StartAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        await fixture.AcceptAsync();

        await start.WaitAsync(ConnectionFixture.Guard);
        Assert.Equal(Ready, fixture.Connection.State);
        await fixture.Connection.StopAsync().WaitAsync(ConnectionFixture.Guard);
        Assert.Equal(Stopped, fixture.Connection.State);
    }

    [Fact]
    public async Task Stopping_leaves_the_streams_and_a_start_resumes_them()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        Assert.Equal("1 sub news", await server.ReadAsync());

        await fixture.Connection.StopAsync();
        server = await fixture.ReadyAsync();

        Assert.Equal("1 sub news", await server.ReadAsync());
        server.Send("1 =\n1 + again");
        Assert.Equal("again", await inbox.NextAsync());
        Assert.False(inbox.IsOver);
    }

    [Fact]
    public async Task A_start_that_waits_ends_when_the_connection_is_stopped()
    {
        await using var fixture = new ConnectionFixture();
        fixture.Transports.Hang();
        var start = fixture.Connection.StartAsync();
        await fixture.Transports.WaitForDialsAsync(1);

        await fixture.Connection.StopAsync().WaitAsync(ConnectionFixture.Guard);

        var ended = await Assert.ThrowsAsync<NotConnectedException>(() => start.WaitAsync(ConnectionFixture.Guard));
        Assert.Equal(EndReason.Stopped, ended.Reason);
    }

    [Fact]
    public async Task Starts_and_stops_in_any_order_end_as_the_last_one_says()
    {
        var fixture = new ConnectionFixture(dialect: new RelayDialect());
        for (var round = 0; round < 50; round++)
        {
            var steps = Enumerable.Range(0, 6).Select(i => Task.Run(() => i % 2 == 0 ? fixture.Connection.StartAsync() : fixture.Connection.StopAsync()));
            await Task.WhenAll(steps.Select(step => step.ContinueWith(done => _ = done.Exception, TaskScheduler.Default))).WaitAsync(ConnectionFixture.Guard);
            await fixture.Connection.StopAsync().WaitAsync(ConnectionFixture.Guard);
            Assert.Equal(Stopped, fixture.Connection.State);
        }

        await fixture.Connection.StartAsync().WaitAsync(ConnectionFixture.Guard);
        Assert.Equal(Ready, fixture.Connection.State);
        await fixture.DisposeAsync();

        Assert.Equal(0, fixture.Clock.ActiveTimers);
        for (var i = 0; i < fixture.Transports.DialCount; i++)
            await (await fixture.Transports.NextConnectionAsync()).Closed.WaitAsync(ConnectionFixture.Guard);
    }

    [Theory]
    [InlineData(Connecting)]
    [InlineData(Authenticating)]
    [InlineData(Ready)]
    public async Task Disposing_from_within_an_observer_does_not_deadlock(ConnectionState state)
    {
        var fixture = new ConnectionFixture();
        var disposed = new TaskCompletionSource();
        fixture.Connection.StateChanges.Subscribe(new Watcher<ConnectionStateChange>(change =>
        {
            if (change.Current != state) return;
            Assert.True(fixture.Connection.DisposeAsync().AsTask().Wait(ConnectionFixture.Guard));
            disposed.SetResult();
        }));

        _ = fixture.Connection.StartAsync().ContinueWith(done => _ = done.Exception, TaskScheduler.Default);
        if (state == Ready) await fixture.AcceptAsync();

        await disposed.Task.WaitAsync(ConnectionFixture.Guard);
        Assert.Equal(Stopped, fixture.Connection.State);
    }

    [Fact]
    public async Task Stopping_from_within_the_token_provider_does_not_deadlock()
    {
        var dialect = new PlainDialect();
        await using var fixture = new ConnectionFixture(dialect: dialect);
        dialect.Prepare = _ => fixture.Connection.StopAsync(CancellationToken.None);

        await Assert.ThrowsAsync<NotConnectedException>(() => fixture.Connection.StartAsync().WaitAsync(ConnectionFixture.Guard));

        Assert.Equal(0, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task A_token_provider_that_hangs_keeps_no_stop_waiting()
    {
        var dialect = new PlainDialect { Prepare = _ => new TaskCompletionSource().Task };
        await using var fixture = new ConnectionFixture(dialect: dialect);
        var start = fixture.Connection.StartAsync();
        await fixture.UntilAsync(Connecting);

        await fixture.Connection.StopAsync().WaitAsync(ConnectionFixture.Guard);

        await Assert.ThrowsAsync<NotConnectedException>(() => start.WaitAsync(ConnectionFixture.Guard));
    }
}
