using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class AttemptTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_dial_that_hangs_ends_after_ConnectTimeout_and_is_tried_again()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        fixture.Transports.Hang();
        var start = fixture.Connection.StartAsync();
        await fixture.Transports.WaitForDialsAsync(1);
        await fixture.Clock.WaitForTimerAsync(Limit);

        fixture.Clock.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Connecting, fixture.Connection.State);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var failed = await fixture.UntilAsync(Backoff);
        Assert.Equal(EndReason.ConnectTimeout, failed.Reason);
        Assert.Contains("echo.test within 10 s (ConnectTimeout)", failed.Explanation, StringComparison.Ordinal);
        await fixture.PassAsync(failed.NextAttemptIn!.Value);
        await fixture.AcceptAsync();
        await start.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_socket_that_opens_after_its_attempt_was_given_up_is_not_left_open()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var release = new TaskCompletionSource();
        var dialled = new TaskCompletionSource();
        fixture.Hooks.OnConnect = () =>
        {
            dialled.TrySetResult();
            return release.Task;
        };
        var start = fixture.Connection.StartAsync();
        // What prepares the attempt has a timer of the same length.
        await dialled.Task.WaitAsync(Guard);
        await fixture.Clock.WaitForTimerAsync(Limit);
        fixture.Clock.Advance(Limit);
        var failed = await fixture.UntilAsync(Backoff);
        fixture.Hooks.OnConnect = null;

        release.SetResult();
        var late = await fixture.Transports.NextConnectionAsync();

        await late.Closed.WaitAsync(Guard);
        Assert.False(late.TryRead(out _));
        await fixture.PassAsync(failed.NextAttemptIn!.Value);
        await fixture.AcceptAsync();
        await start.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_dial_that_ignores_it()
    {
        await using var fixture = new ConnectionFixture();
        var release = new TaskCompletionSource();
        var dialled = new TaskCompletionSource();
        fixture.Hooks.OnConnect = () =>
        {
            dialled.TrySetResult();
            return release.Task;
        };
        var start = fixture.Connection.StartAsync();
        // What prepares the attempt has a timer of the same length.
        await dialled.Task.WaitAsync(Guard);
        await fixture.Clock.WaitForTimerAsync(Limit);

        await fixture.Connection.StopAsync().WaitAsync(Guard);

        await start.FailsWithAsync<NotConnectedException>();
        release.SetResult();
        await (await fixture.Transports.NextConnectionAsync()).Closed.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_in_a_dial_is_a_failed_attempt()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        fixture.Transports.Refuse(1, new OperationCanceledException("The stack gave up."));
        var start = fixture.Connection.StartAsync();

        var failed = await fixture.UntilAsync(Backoff);

        Assert.Equal(EndReason.Refused, failed.Reason);
        Assert.Contains("The stack gave up.", failed.Explanation, StringComparison.Ordinal);
        await fixture.PassAsync(failed.NextAttemptIn!.Value);
        await fixture.AcceptAsync();
        await start.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_server_that_does_not_finish_the_handshake_is_left_after_HandshakeTimeout()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        _ = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();
        await fixture.Clock.WaitForTimerAsync(Limit);

        // A word now and then does not make it longer: the time is for all of it.
        fixture.Clock.Advance(TimeSpan.FromSeconds(9));
        server.Send("wait");
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));

        var failed = await fixture.UntilAsync(Backoff);
        Assert.Equal(EndReason.HandshakeTimeout, failed.Reason);
        Assert.Contains("within 10 s (HandshakeTimeout)", failed.Explanation, StringComparison.Ordinal);
        await server.Closed.WaitAsync(Guard);
        Assert.True(server.Aborted);
    }

    [Fact]
    public async Task A_handshake_whose_write_is_stuck_ends_in_time_too()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var stuck = new TaskCompletionSource();
        MemoryConnection? server = null;
        fixture.Hooks.OnSend = async (_, send) =>
        {
            server = await fixture.Transports.NextConnectionAsync();
            server.StuckWrites = true;
            stuck.SetResult();
            await send();
        };
        _ = fixture.Connection.StartAsync();
        await stuck.Task.WaitAsync(Guard);
        await fixture.Clock.WaitForTimerAsync(Limit);

        fixture.Clock.Advance(Limit);

        Assert.Equal(EndReason.HandshakeTimeout, (await fixture.UntilAsync(Backoff)).Reason);
        Assert.True(server!.Aborted);
    }

    [Theory]
    [InlineData("go fetch", EndReason.AuthenticationRejected)]
    [InlineData("bonjour", EndReason.ProtocolViolation)]
    public async Task A_greeting_is_judged_by_the_dialect(string greeting, EndReason reason)
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        _ = fixture.Connection.StartAsync().ContinueWith(done => _ = done.Exception, TaskScheduler.Default);
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();

        server.Send(greeting);

        var changed = await fixture.UntilAsync(reason == EndReason.AuthenticationRejected ? Faulted : Backoff);
        Assert.Equal(reason, changed.Reason);
        await server.Closed.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_server_that_closes_during_the_handshake_is_told_with_its_code()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        _ = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();

        server.Close(1013);

        var failed = await fixture.UntilAsync(Backoff);
        Assert.Equal(EndReason.ClosedByServer, failed.Reason);
        Assert.Contains("(code 1013)", failed.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_breaks_during_the_handshake_is_a_lost_connection()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        _ = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();

        server.Drop(new OperationCanceledException("The stack gave up."));

        var failed = await fixture.UntilAsync(Backoff);
        Assert.Equal(EndReason.ConnectionLost, failed.Reason);
        Assert.Contains("during the handshake", failed.Explanation, StringComparison.Ordinal);
    }
}
