using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class SleepTests
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_back_off_ends_within_its_slice_when_the_machine_slept_and_the_monotonic_clock_stood_still()
    {
        await using var fixture = await WaitingLongAsync();

        fixture.Clock.AdvanceWallClock(Jump);
        fixture.Clock.Advance(Slice);

        await fixture.AcceptAsync();
        await fixture.UntilAsync(Ready);
    }

    [Fact]
    public async Task A_back_off_ends_when_the_machine_slept_and_its_timer_is_late()
    {
        await using var fixture = await WaitingLongAsync();

        fixture.Clock.AdvanceLate(Slice + Jump);

        await fixture.AcceptAsync();
        await fixture.UntilAsync(Ready);
    }

    [Fact]
    public async Task A_clock_that_is_set_a_little_ends_no_back_off()
    {
        await using var fixture = await WaitingLongAsync();

        fixture.Clock.AdvanceWallClock(Jump - TimeSpan.FromMilliseconds(1));
        fixture.Clock.Advance(Slice);
        await fixture.Clock.WaitForTimerAsync(Slice);
        fixture.Clock.AdvanceWallClock(TimeSpan.FromHours(-3));
        fixture.Clock.Advance(Slice);
        await fixture.Clock.WaitForTimerAsync(Slice);
        fixture.Clock.AdvanceLate(Slice + Jump - TimeSpan.FromMilliseconds(1));
        await fixture.Clock.WaitForTimerAsync(Slice);

        Assert.Equal((Backoff, 1), (fixture.Connection.State, fixture.Transports.DialCount));
    }

    [Fact]
    public async Task A_sleep_ends_the_wait_behind_a_stable_session_too()
    {
        await using var fixture = new ConnectionFixture(
            o => { o.Calm(); o.RetryInterval = TimeSpan.FromSeconds(60); o.MaxRetryInterval = TimeSpan.FromSeconds(60); });
        var server = await fixture.ReadyAsync();
        await fixture.ProveStableAsync();
        server.Drop();
        Assert.Equal(TimeSpan.FromSeconds(30), (await fixture.UntilAsync(Backoff)).NextAttemptIn);
        await fixture.Clock.WaitForTimerAsync(Slice);

        fixture.Clock.AdvanceWallClock(Jump);
        fixture.Clock.Advance(Slice);

        await fixture.AcceptAsync();
        await fixture.UntilAsync(Ready);
    }

    [Fact]
    public async Task An_open_line_is_pinged_within_a_slice_after_the_machine_slept()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();

        fixture.Clock.Advance(Slice);
        await fixture.FenceAsync(server);
        fixture.Clock.AdvanceWallClock(Jump);
        fixture.Clock.Advance(Slice);

        Assert.EndsWith(" ping", await server.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_died_in_a_sleep_is_dropped_PongTimeout_later()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.BlackHole = true;
        var changes = fixture.Watch();

        fixture.Clock.AdvanceLate(TimeSpan.FromHours(8));
        fixture.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(EndReason.HeartbeatTimeout, (await changes.NextAsync(Backoff)).Reason);
    }

    /// <summary>A connection in a back-off of a minute, at the beginning of a slice.</summary>
    private static async Task<ConnectionFixture> WaitingLongAsync()
    {
        var fixture = new ConnectionFixture(o => { o.Calm(); o.RetryInterval = TimeSpan.FromSeconds(60); });
        fixture.Transports.Refuse();
        _ = fixture.Connection.StartAsync().ContinueWith(done => _ = done.Exception, TaskScheduler.Default);
        Assert.Equal(TimeSpan.FromSeconds(60), (await fixture.UntilAsync(Backoff)).NextAttemptIn);
        await fixture.Clock.WaitForTimerAsync(Slice);
        return fixture;
    }
}
