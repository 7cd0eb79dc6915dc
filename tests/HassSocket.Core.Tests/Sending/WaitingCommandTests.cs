using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class WaitingCommandTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_command_that_cannot_leave_in_time_says_that_it_was_never_sent()
    {
        await using var fixture = new ConnectionFixture(o => o.WaitForReady = TimeSpan.FromSeconds(2));
        var server = await fixture.ReadyAsync();
        fixture.Transports.Hang(int.MaxValue);
        server.Close(1012, "restart");
        await fixture.UntilAsync(ConnectionState.Backoff);

        var waiting = fixture.SendAsync("x");
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1_999));
        Assert.False(waiting.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var late = await waiting.FailsWithAsync<NotConnectedException>();
        Assert.Equal((Delivery.NotSent, EndReason.ClosedByServer), (late.Delivery, late.Reason));
        Assert.Contains("2 s (WaitForReady)", late.Message, StringComparison.Ordinal);
        Assert.Contains("restart", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_cannot_leave_in_time_because_of_a_pause_says_so()
    {
        await using var fixture = new ConnectionFixture(o => o.WhenPaused = WhenUnavailable.Wait);
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;
        var waiting = fixture.SendAsync("x");

        fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(Delivery.NotSent, (await waiting.FailsWithAsync<MessagesPausedException>()).Delivery);
        fixture.Connection.PauseMessages = false;
        Assert.EndsWith(" ping", await server.ReadAsync(), StringComparison.Ordinal);
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task A_command_that_cannot_leave_in_time_behind_others_does_not_blame_the_connection()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxInFlight, o.WaitForReady) = (1, TimeSpan.FromSeconds(1)));
        var server = await fixture.ReadyAsync();
        var sent = fixture.SendAsync("sent");
        var waiting = fixture.SendAsync("waiting");
        Assert.Equal("1 sent", await server.ReadAsync());

        fixture.Clock.Advance(TimeSpan.FromSeconds(1));

        var late = await waiting.FailsWithAsync<NotConnectedException>();
        Assert.Equal((EndReason.None, Delivery.NotSent), (late.Reason, late.Delivery));
        Assert.Contains("MaxInFlight", late.Message, StringComparison.Ordinal);
        server.Send("1 = fine");
        Assert.Equal("fine", await sent.WaitAsync(Guard));
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task The_clock_of_the_answer_starts_with_the_write_not_with_the_call()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxInFlight, o.ExpectResponseAfter, o.WaitForReady) =
            (1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)));
        var server = await fixture.ReadyAsync();
        var first = fixture.SendAsync("first");
        var second = fixture.SendAsync("second");
        await server.ReadAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        server.Send("1 =");
        await first.WaitAsync(Guard);
        Assert.Equal("2 second", await server.ReadAsync());

        fixture.Clock.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.False(second.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await second.FailsWithAsync<ResponseTimeoutException>();
    }

    [Fact]
    public async Task Each_waiting_command_ends_at_its_own_deadline()
    {
        await using var fixture = new ConnectionFixture(o => (o.WhenPaused, o.WaitForReady) = (WhenUnavailable.Wait, TimeSpan.FromSeconds(10)));
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;
        var first = fixture.SendAsync("first");
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        var second = fixture.SendAsync("second");
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        var third = fixture.SendAsync("third");

        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        await first.FailsWithAsync<MessagesPausedException>();
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(3_999));
        Assert.False(second.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await second.FailsWithAsync<MessagesPausedException>();
        fixture.Connection.PauseMessages = false;

        Assert.Equal("1 third", await server.ReadAsync());
        server.Send("1 = fine");
        Assert.Equal("fine", await third.WaitAsync(Guard));
    }

    [Fact]
    public async Task An_endless_wait_outlasts_everything()
    {
        await using var fixture = new ConnectionFixture(o => (o.WhenPaused, o.WaitForReady) = (WhenUnavailable.Wait, Timeout.InfiniteTimeSpan));
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;
        var waiting = fixture.SendAsync("x");

        fixture.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);
        fixture.Connection.PauseMessages = false;

        Assert.Equal("1 x", await server.ReadAsync());
    }

    [Fact]
    public async Task One_command_more_than_may_wait_fails_at_once_and_says_what_they_wait_for()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxWaitingCommands, o.MaxInFlight, o.WhenPaused) = (2, 1, WhenUnavailable.Wait));
        var server = await fixture.ReadyAsync();
        _ = fixture.SendAsync("sent");
        var a = fixture.SendAsync("a");
        var b = fixture.SendAsync("b");
        var busy = await fixture.SendAsync("c").FailsWithAsync<NotConnectedException>();
        Assert.Equal(EndReason.None, busy.Reason);
        Assert.Contains("2 commands wait already (MaxWaitingCommands)", busy.Message, StringComparison.Ordinal);

        fixture.Connection.PauseMessages = true;
        await fixture.SendAsync("d").FailsWithAsync<MessagesPausedException>();
        fixture.Connection.PauseMessages = false;
        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);
        Assert.Equal(EndReason.ConnectionLost, (await fixture.SendAsync("e").FailsWithAsync<NotConnectedException>()).Reason);
        server = await fixture.ReconnectAsync();

        Assert.Equal("1 a", await server.ReadAsync());
        server.Send("1 = done");
        Assert.Equal("done", await a.WaitAsync(Guard));
        Assert.Equal("2 b", await server.ReadAsync());
        Assert.False(b.IsCompleted);
    }

    [Fact]
    public async Task A_command_that_was_abandoned_no_longer_counts_as_waiting()
    {
        await using var fixture = new ConnectionFixture(o => (o.MaxWaitingCommands, o.WhenPaused) = (1, WhenUnavailable.Wait));
        using var caller = new CancellationTokenSource();
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;
        var abandoned = fixture.SendAsync("abandoned", cancellationToken: caller.Token);
        await caller.CancelAsync();
        await abandoned.IsCancelledByAsync(caller.Token);

        var next = fixture.SendAsync("next");
        fixture.Connection.PauseMessages = false;

        Assert.Equal("1 next", await server.ReadAsync());
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task Commands_that_wait_leave_in_the_order_of_their_calls()
    {
        await using var fixture = new ConnectionFixture(o => o.BatchCommands = BatchCommands.Never);
        var start = fixture.Connection.StartAsync();
        for (var i = 1; i <= 200; i++) _ = fixture.SendAsync($"c{i}");

        var server = await fixture.AcceptAsync();

        await start.WaitAsync(Guard);
        for (var i = 1; i <= 200; i++) Assert.Equal($"{i} c{i}", await server.ReadAsync());
    }
}
