using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class LostCommandTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_command_that_was_sent_hears_of_the_loss_at_once_and_is_not_sent_again()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("once");
        await server.ReadAsync();

        server.Close(1001, "bye");

        var lost = await answer.FailsWithAsync<ConnectionLostException>();
        Assert.Equal((Delivery.Unknown, EndReason.ClosedByServer, 1001, "once"), (lost.Delivery, lost.Reason, lost.CloseCode, lost.Command));
        await fixture.FenceAsync(await fixture.ReconnectAsync());
    }

    [Fact]
    public async Task A_command_that_waits_offline_leaves_on_the_next_session()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);

        var first = fixture.SendAsync("first");
        var second = fixture.PostAsync("second");
        server = await fixture.ReconnectAsync();

        Assert.Equal("1 first\n2 second", await server.ReadAsync());
        server.Send("1 = done");
        Assert.Equal("done", await first.WaitAsync(Guard));
        await second.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_command_that_had_not_left_when_the_socket_broke_leaves_on_the_next_session()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxInFlight = 1);
        var server = await fixture.ReadyAsync();
        var sent = fixture.SendAsync("sent");
        var waiting = fixture.SendAsync("waiting");
        Assert.Equal("1 sent", await server.ReadAsync());

        server.Drop();
        Assert.Equal(Delivery.Unknown, (await sent.FailsWithAsync<ConnectionLostException>()).Delivery);
        server = await fixture.ReconnectAsync();

        Assert.Equal("1 waiting", await server.ReadAsync());
        server.Send("1 = done");
        Assert.Equal("done", await waiting.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_failed_write_tells_each_command_of_its_frame_that_its_delivery_is_unknown()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var first = fixture.SendAsync("first");
        var batch = new[] { fixture.SendAsync("a"), fixture.SendAsync("b") };
        var post = fixture.PostAsync("c");
        fixture.Hooks.OnSend = (_, _) => throw new IOException("The wire was cut.");
        server.StuckWrites = false;

        foreach (var command in batch.Append(post).Append(first))
        {
            var lost = await command.FailsWithAsync<ConnectionLostException>();
            Assert.Equal((Delivery.Unknown, EndReason.ConnectionLost), (lost.Delivery, lost.Reason));
            Assert.IsType<IOException>(lost.InnerException);
        }

        fixture.Hooks.OnSend = null;
        await fixture.FenceAsync(await fixture.ReconnectAsync());
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_in_a_write_is_a_disconnect()
    {
        await using var fixture = new ConnectionFixture();
        await fixture.ReadyAsync();
        fixture.Hooks.OnSend = (_, _) => throw new OperationCanceledException("The stack gave up.");

        var lost = await fixture.SendAsync("x").FailsWithAsync<ConnectionLostException>();

        Assert.Equal(EndReason.ConnectionLost, lost.Reason);
        fixture.Hooks.OnSend = null;
        await fixture.FenceAsync(await fixture.ReconnectAsync());
    }

    [Fact]
    public async Task A_dialect_that_fails_to_encode_costs_the_session_but_leaves_no_command_behind()
    {
        await using var fixture = new ConnectionFixture(dialect: new EchoDialect { Untellable = "bad" });
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var stuck = fixture.SendAsync("stuck");
        var commands = new[] { fixture.SendAsync("before"), fixture.SendAsync("bad"), fixture.SendAsync("after") };
        server.StuckWrites = false;

        foreach (var command in commands)
            Assert.Equal(Delivery.NotSent, (await command.FailsWithAsync<ConnectionLostException>()).Delivery);
        Assert.Equal(Delivery.Unknown, (await stuck.FailsWithAsync<ConnectionLostException>()).Delivery);
        await fixture.FenceAsync(await fixture.ReconnectAsync());
    }

    [Fact]
    public async Task A_command_that_comes_during_our_farewell_does_not_leave_behind_it()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.AnswersClose = false;
        var stop = fixture.Connection.StopAsync();
        await server.Closed.WaitAsync(Guard);

        var late = fixture.SendAsync("late");
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(2));
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));

        await stop.WaitAsync(Guard);
        Assert.Equal(EndReason.Stopped, (await late.FailsWithAsync<NotConnectedException>()).Reason);
        Assert.False(server.TryRead(out _));
    }

    [Fact]
    public async Task What_waits_without_a_connection_fails_when_the_connection_is_stopped_or_disposed()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);
        var stopped = fixture.SendAsync("x");
        await fixture.Connection.StopAsync().WaitAsync(Guard);
        Assert.Equal(EndReason.Stopped, (await stopped.FailsWithAsync<NotConnectedException>()).Reason);

        await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;
        var disposed = fixture.SendAsync("y", new CommandEnvelope("y") { WhenPaused = WhenUnavailable.Wait });
        await fixture.DisposeAsync();

        Assert.Equal(EndReason.Stopped, (await disposed.FailsWithAsync<NotConnectedException>()).Reason);
        await fixture.SendAsync("z").FailsWithAsync<ObjectDisposedException>();
        await fixture.PostAsync("z").FailsWithAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_command_before_the_start_or_after_a_fault_fails_at_once_with_the_reason()
    {
        await using var fixture = new ConnectionFixture();
        var early = await fixture.SendAsync("early").FailsWithAsync<NotConnectedException>();
        Assert.Equal(EndReason.Stopped, early.Reason);
        Assert.Contains("StartAsync", early.Message, StringComparison.Ordinal);

        var start = fixture.Connection.StartAsync();
        var waiting = fixture.SendAsync("waiting");
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();
        server.Send("go away");
        await start.FailsWithAsync<AuthenticationRejectedException>();

        Assert.Equal(EndReason.AuthenticationRejected, (await waiting.FailsWithAsync<NotConnectedException>()).Reason);
        var late = await fixture.SendAsync("late").FailsWithAsync<NotConnectedException>();
        Assert.Equal(EndReason.AuthenticationRejected, late.Reason);
        Assert.IsType<AuthenticationRejectedException>(late.InnerException);
    }

    [Fact]
    public async Task A_command_that_would_rather_fail_than_wait_says_why_there_is_no_connection()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxInFlight = 1);
        var server = await fixture.ReadyAsync();
        var picky = new CommandEnvelope("picky") { WhenDisconnected = WhenUnavailable.Fail };
        var sent = fixture.SendAsync("sent");
        var queued = fixture.SendAsync("picky", picky);

        server.Close(1000, "restart");

        await sent.FailsWithAsync<ConnectionLostException>();
        var failed = await queued.FailsWithAsync<NotConnectedException>();
        Assert.Equal(EndReason.ClosedByServer, failed.Reason);
        await fixture.UntilAsync(ConnectionState.Backoff);
        var late = await fixture.SendAsync("x", new CommandEnvelope("x") { WhenDisconnected = WhenUnavailable.Fail }).FailsWithAsync<NotConnectedException>();
        Assert.Contains("restart", late.Message, StringComparison.Ordinal);
    }
}
