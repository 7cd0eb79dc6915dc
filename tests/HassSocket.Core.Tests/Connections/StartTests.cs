using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class StartTests
{
    [Fact]
    public async Task Starting_returns_at_the_first_Ready()
    {
        await using var fixture = new ConnectionFixture();

        var start = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();
        Assert.False(start.IsCompleted);
        server.Send("welcome 1.0");

        await start.WaitAsync(ConnectionFixture.Guard);
        Assert.Equal(Ready, fixture.Connection.State);
    }

    [Fact]
    public async Task Starting_again_joins()
    {
        await using var fixture = new ConnectionFixture();
        var first = fixture.Connection.StartAsync();
        var second = fixture.Connection.StartAsync();

        await fixture.AcceptAsync();
        await Task.WhenAll(first, second).WaitAsync(ConnectionFixture.Guard);
        await fixture.Connection.StartAsync().WaitAsync(ConnectionFixture.Guard);

        Assert.Equal(1, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task The_token_of_a_start_ends_its_wait_and_not_the_attempts()
    {
        await using var fixture = new ConnectionFixture();
        using var patience = new CancellationTokenSource();
        var start = fixture.Connection.StartAsync(patience.Token);
        var server = await fixture.Transports.NextConnectionAsync();

        await patience.CancelAsync();
        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);

        Assert.Equal(patience.Token, ended.CancellationToken);
        await server.ReadAsync();
        server.Send("welcome 1.0");
        await fixture.UntilAsync(Ready);
    }

    [Fact]
    public async Task An_unreachable_server_is_tried_for_ever()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm(), random: 0);
        fixture.Transports.Refuse(40);
        var changes = fixture.Watch();

        var start = fixture.Connection.StartAsync();
        for (var attempt = 1; attempt <= 40; attempt++)
            Assert.Equal(attempt, (await fixture.PassBackoffAsync(changes)).FailedAttempts);
        await fixture.AcceptAsync();

        await start.WaitAsync(ConnectionFixture.Guard);
    }

    [Fact]
    public async Task A_rejected_login_is_thrown_to_who_starts()
    {
        await using var fixture = new ConnectionFixture();
        var start = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();
        server.Send("go away");

        await Assert.ThrowsAsync<AuthenticationRejectedException>(() => start.WaitAsync(ConnectionFixture.Guard));
        Assert.Equal(Faulted, fixture.Connection.State);
    }

    [Fact]
    public async Task A_traffic_crash_faults_the_connection_and_a_start_begins_afresh()
    {
        await using var fixture = new ConnectionFixture(o => { o.Calm(); o.SocketCrashRequestsPerSec = 0.3; });
        var server = await fixture.ReadyAsync();

        _ = fixture.PostAsync("one");
        await server.ReadAsync();
        await Assert.ThrowsAsync<TrafficLimitExceededException>(() => fixture.PostAsync("two"));
        var faulted = await fixture.UntilAsync(Faulted);
        Assert.Equal(EndReason.TrafficLimit, faulted.Reason);
        await Assert.ThrowsAsync<NotConnectedException>(() => fixture.PostAsync("three"));

        await fixture.ReadyAsync();
        Assert.Equal(2, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task A_start_that_waits_hears_of_a_traffic_crash()
    {
        await using var fixture = new ConnectionFixture(o => { o.Calm(); o.SocketCrashRequestsPerSec = 0.3; });
        await fixture.ReadyAsync();
        var crash = Assert.ThrowsAsync<TrafficLimitExceededException>(async () =>
        {
            await fixture.PostAsync("one");
            await fixture.PostAsync("two");
        });
        await crash;
        await fixture.UntilAsync(Faulted);

        var changes = fixture.Watch();
        await fixture.ReadyAsync();
        await changes.NextAsync(Ready);
    }

    [Fact]
    public async Task A_command_before_the_start_fails_at_once_and_says_why()
    {
        await using var fixture = new ConnectionFixture();

        var refused = await Assert.ThrowsAsync<NotConnectedException>(() => fixture.SendAsync("echo"));

        Assert.Contains("not started", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Delivery.NotSent, refused.Delivery);
    }

    [Fact]
    public async Task Starting_a_disposed_connection_is_refused_also_in_a_race()
    {
        for (var i = 0; i < 50; i++)
        {
            var fixture = new ConnectionFixture(dialect: new RelayDialect());
            var start = Task.Run(() => fixture.Connection.StartAsync());
            await fixture.DisposeAsync();
            await start.ContinueWith(done => _ = done.Exception, TaskScheduler.Default).WaitAsync(ConnectionFixture.Guard);

            Assert.Equal(Stopped, fixture.Connection.State);
            Assert.Equal(0, fixture.Clock.ActiveTimers);
            await Assert.ThrowsAsync<ObjectDisposedException>(() => fixture.Connection.StartAsync());
        }
    }
}
