using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sessions;

public sealed class OldSessionTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_in_a_receive_is_a_disconnect()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("x");
        await server.ReadAsync();

        server.Drop(new OperationCanceledException("The stack gave up."));

        var lost = await answer.FailsWithAsync<ConnectionLostException>();
        Assert.Equal((EndReason.ConnectionLost, Delivery.Unknown), (lost.Reason, lost.Delivery));
        await fixture.FenceAsync(await fixture.ReconnectAsync());
    }

    [Fact]
    public async Task A_timer_of_an_old_session_touches_nothing_of_the_new_one()
    {
        await using var fixture = new ConnectionFixture(o => o.ExpectResponseAfter = TimeSpan.FromSeconds(5));
        var server = await fixture.ReadyAsync();
        var old = fixture.SendAsync("old");
        await server.ReadAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        server.Drop();
        await old.FailsWithAsync<ConnectionLostException>();
        server = await fixture.ReconnectAsync();

        var answer = fixture.SendAsync("new");
        Assert.Equal("1 new", await server.ReadAsync());
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.False(answer.IsCompleted);
        server.Send("1 = in time");

        Assert.Equal("in time", await answer.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_late_frame_of_an_old_socket_touches_nothing_of_the_new_one()
    {
        await using var fixture = new ConnectionFixture(o => o.PingInterval = TimeSpan.FromSeconds(10));
        fixture.Hooks.IgnoresAbort = true;
        var old = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        await old.ReadAsync();
        old.Send("1 =");

        // A write that fails ends the session while its socket goes on reading.
        fixture.Hooks.OnSend = (_, _) => throw new IOException("cut");
        await fixture.SendAsync("x").FailsWithAsync<ConnectionLostException>();
        fixture.Hooks.OnSend = null;
        var server = await fixture.ReconnectAsync();
        Assert.Equal("1 sub news", await server.ReadAsync());
        var answer = fixture.SendAsync("y");
        Assert.Equal("2 y", await server.ReadAsync());
        old.Send("1 =\n1 + old\n2 = old\n1 ended\n1 ! refused");
        await fixture.Log.WaitForAsync(203, "Session 1: a late or second answer was dropped (Error, key 1)");
        old.Close(1000);
        server.Send("1 =\n1 + new\n2 = new");

        Assert.Equal("new", await answer.WaitAsync(Guard));
        Assert.Equal("new", await inbox.NextAsync());
        Assert.False(inbox.TryNext(out _));
        Assert.Equal(ConnectionState.Ready, fixture.Connection.State);
    }
}
