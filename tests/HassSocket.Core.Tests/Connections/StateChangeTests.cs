using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class StateChangeTests
{
    [Fact]
    public async Task A_life_is_told_step_by_step_and_the_latest_step_first()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var changes = fixture.Watch();

        var server = await fixture.ReadyAsync();
        server.Drop();
        await changes.NextAsync(Backoff);
        await fixture.Connection.StopAsync();

        var late = fixture.Watch();
        Assert.Equal(Stopped, (await late.NextAsync()).Current);
        Assert.Equal(
            [(Stopped, Connecting), (Connecting, Authenticating), (Authenticating, Restoring), (Restoring, Ready), (Ready, Backoff), (Backoff, Stopped)],
            await AllAsync(fixture));

        static async Task<(ConnectionState, ConnectionState)[]> AllAsync(ConnectionFixture fixture)
        {
            // A second life of the same kind, heard by one observer from its beginning.
            var heard = new List<(ConnectionState, ConnectionState)>();
            var again = fixture.Watch();
            await again.NextAsync();
            var server = await fixture.ReadyAsync();
            server.Drop();
            while (heard.LastOrDefault().Item2 != Backoff) heard.Add(Arrow(await again.NextAsync()));
            await fixture.Connection.StopAsync();
            heard.Add(Arrow(await again.NextAsync()));
            return [.. heard];
        }

        static (ConnectionState, ConnectionState) Arrow(ConnectionStateChange change) => (change.Previous, change.Current);
    }

    [Fact]
    public async Task A_lost_session_is_told_with_reason_explanation_attempt_and_wait()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var server = await fixture.ReadyAsync();
        var ready = await fixture.UntilAsync(Ready);
        Assert.Equal((EndReason.None, null, null), (ready.Reason, ready.Explanation, ready.NextAttemptIn));
        var changes = fixture.Watch();

        fixture.Transports.Refuse();
        server.Close(1006, "power cut");

        var first = await fixture.PassBackoffAsync(changes);
        Assert.Equal((EndReason.ClosedByServer, 1, TimeSpan.FromSeconds(1)), (first.Reason, first.FailedAttempts, first.NextAttemptIn));
        Assert.Contains("code 1006 \"power cut\"", first.Explanation, StringComparison.Ordinal);
        var second = await changes.NextAsync(Backoff);
        Assert.Equal((EndReason.Refused, 2, TimeSpan.FromSeconds(2)), (second.Reason, second.FailedAttempts, second.NextAttemptIn));
        Assert.IsType<NotConnectedException>(second.Error);
        Assert.Equal(fixture.Clock.GetUtcNow(), second.At);
        Assert.Equal(second, fixture.Connection.LatestChange);
    }

    [Fact]
    public async Task A_stable_session_that_ends_counts_no_failed_attempt()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var server = await fixture.ReadyAsync();
        await fixture.ProveStableAsync();

        server.Close();

        var lost = await fixture.UntilAsync(Backoff);
        Assert.Equal((0, TimeSpan.Zero), (lost.FailedAttempts, lost.NextAttemptIn));
    }

    [Fact]
    public async Task An_observer_that_throws_hears_the_next_change_and_disturbs_nobody()
    {
        await using var fixture = new ConnectionFixture();
        var heard = new Inbox<ConnectionState>();
        fixture.Connection.StateChanges.Subscribe(new Watcher<ConnectionStateChange>(change =>
        {
            heard.OnNext(change.Current);
            throw new InvalidOperationException("an observer's own trouble");
        }));

        await fixture.ReadyAsync();

        foreach (var state in new[] { Stopped, Connecting, Authenticating, Restoring, Ready }) Assert.Equal(state, await heard.NextAsync());
    }

    [Fact]
    public async Task Disposing_completes_the_changes_after_the_last_one()
    {
        await using var fixture = new ConnectionFixture();
        await fixture.ReadyAsync();
        var changes = fixture.Watch();

        await fixture.Connection.DisposeAsync();

        await changes.NextAsync(Stopped);
        await changes.Completion;
    }
}
