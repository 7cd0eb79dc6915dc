using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

/// <summary>A token provider that never answers is waited for no longer than ConnectTimeout.</summary>
public sealed class HangingProviderTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_provider_that_hangs_before_a_dial_fails_the_attempt_after_ConnectTimeout(bool heedsItsToken)
    {
        var hangs = true;
        var dialect = new PlainDialect { Prepare = token => hangs ? Hang(heedsItsToken ? token : default) : Task.CompletedTask };
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect);
        var start = fixture.Connection.StartAsync();

        await fixture.Clock.WaitForTimerAsync(Limit);
        fixture.Clock.Advance(Limit);

        var wait = await fixture.UntilAsync(Backoff);
        Assert.Equal((EndReason.ConnectTimeout, 0), (wait.Reason, fixture.Transports.DialCount));
        Assert.Contains("a token provider hangs: no answer came within 10 s (ConnectTimeout)", wait.Explanation, StringComparison.Ordinal);
        if (!heedsItsToken) return;
        hangs = false;
        await fixture.PassAsync(wait.NextAttemptIn!.Value);
        await start.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_provider_that_heeds_the_end_of_the_last_wait_only_during_the_next_one_is_asked_anew_at_once()
    {
        var late = new TaskCompletionSource();
        var asked = 0;
        var asking = new TaskCompletionSource();
        var dialect = new PlainDialect
        {
            Prepare = _ =>
            {
                asking.TrySetResult();
                return ++asked == 1 ? late.Task : Task.CompletedTask;
            },
        };
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect);
        var start = fixture.Connection.StartAsync();
        await asking.Task.WaitAsync(Guard);
        await fixture.Clock.WaitForTimerAsync(Limit);
        fixture.Clock.Advance(Limit);
        var wait = await fixture.UntilAsync(Backoff);
        await fixture.PassAsync(wait.NextAttemptIn!.Value);
        await fixture.Clock.WaitForTimerAsync(Limit);

        late.SetCanceled(TestContext.Current.CancellationToken);

        await start.WaitAsync(Guard);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_provider_that_blocks_holds_one_thread_and_not_one_more_with_each_attempt()
    {
        var asked = 0;
        var asking = new TaskCompletionSource();
        using var release = new ManualResetEventSlim();
        var dialect = new PlainDialect
        {
            Prepare = _ =>
            {
                asked++;
                asking.TrySetResult();
                return release.Wait(Guard, CancellationToken.None) ? Task.CompletedTask : throw new TimeoutException("The test never released the provider.");
            },
        };
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect);
        var changes = fixture.Watch();
        var start = fixture.Connection.StartAsync();
        await asking.Task.WaitAsync(Guard);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await fixture.Clock.WaitForTimerAsync(Limit);
            fixture.Clock.Advance(Limit);
            await fixture.PassBackoffAsync(changes);
        }

        await changes.NextAsync(Connecting);
        Assert.Equal(1, asked);
        release.Set();

        await start.WaitAsync(Guard);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_provider_that_hangs_after_a_rejection_is_asked_again_at_the_longest_interval()
    {
        var isRejected = true;
        var renewing = new TaskCompletionSource();
        var dialect = new PlainDialect
        {
            Prepare = _ => isRejected ? throw new AuthenticationRejectedException("No.") : Task.CompletedTask,
            Renew = async token =>
            {
                renewing.TrySetResult();
                await Hang(token);
                return true;
            },
        };
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect);
        var start = fixture.Connection.StartAsync();
        await renewing.Task.WaitAsync(Guard);
        fixture.Clock.Advance(Limit);

        var wait = await fixture.UntilAsync(Backoff);
        Assert.Equal((EndReason.AuthenticationRejected, TimeSpan.FromSeconds(60)), (wait.Reason, wait.NextAttemptIn));
        Assert.Contains("asking for others failed: no answer came within 10 s (ConnectTimeout)", wait.Explanation, StringComparison.Ordinal);
        isRejected = false;
        await fixture.PassAsync(wait.NextAttemptIn!.Value);
        await start.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_provider_that_hangs_keeps_no_stop_waiting()
    {
        await using var fixture = new ConnectionFixture(dialect: new PlainDialect { Prepare = static _ => Hang(default) });
        var start = fixture.Connection.StartAsync();
        await fixture.Clock.WaitForTimerAsync(Limit);

        await fixture.Connection.StopAsync().WaitAsync(Guard);

        Assert.Equal(EndReason.Stopped, (await start.FailsWithAsync<NotConnectedException>()).Reason);
    }

    private static Task Hang(CancellationToken token) => Task.Delay(Timeout.InfiniteTimeSpan, token);
}
