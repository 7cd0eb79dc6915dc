using HassSocket.Core.Tests.Support;
using Polly;
using Polly.Retry;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class UserPipelineTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_pipeline_that_gives_up_faults_the_connection_with_its_last_failure()
    {
        await using var fixture = new ConnectionFixture(o => { o.Calm(); o.ConfigureReconnect = Retry(2); });
        fixture.Transports.Refuse(3, new NotConnectedException("Nobody is at home.", EndReason.Refused));

        var failure = await fixture.Connection.StartAsync().FailsWithAsync<NotConnectedException>();

        Assert.Equal("Nobody is at home.", failure.Message);
        var faulted = await fixture.UntilAsync(Faulted);
        Assert.Equal((EndReason.GaveUp, failure, 3), (faulted.Reason, faulted.Error, faulted.FailedAttempts));
        var refused = await fixture.SendAsync("x").FailsWithAsync<NotConnectedException>();
        Assert.Contains("has given up. Nobody is at home.", refused.Message, StringComparison.Ordinal);

        await fixture.ReadyAsync();
        Assert.Equal(4, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task A_pipeline_begins_anew_after_each_stable_session()
    {
        await using var fixture = new ConnectionFixture(o => { o.Calm(); o.ConfigureReconnect = Retry(1); });
        var server = await fixture.ReadyAsync();
        for (var round = 0; round < 3; round++)
        {
            await fixture.ProveStableAsync();
            fixture.Transports.Refuse();
            server.Drop();
            server = await fixture.AcceptAsync();
            await fixture.UntilAsync(Ready);
        }

        server.Drop();
        fixture.Transports.Refuse();

        Assert.Equal(EndReason.GaveUp, (await fixture.UntilAsync(Faulted)).Reason);
    }

    [Fact]
    public async Task A_pipeline_cannot_try_again_with_rejected_credentials()
    {
        await using var fixture = new ConnectionFixture(o => o.ConfigureReconnect = Retry(100));
        var start = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();

        server.Send("go away");

        await start.FailsWithAsync<AuthenticationRejectedException>();
        Assert.Equal(EndReason.AuthenticationRejected, (await fixture.UntilAsync(Faulted)).Reason);
        Assert.Equal(1, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task A_pipeline_without_any_strategy_tries_once()
    {
        await using var fixture = new ConnectionFixture(o => o.ConfigureReconnect = static _ => { });
        fixture.Transports.Refuse();

        await fixture.Connection.StartAsync().FailsWithAsync<NotConnectedException>();

        Assert.Equal((Faulted, 1), (fixture.Connection.State, fixture.Transports.DialCount));
    }

    [Fact]
    public async Task A_pipeline_that_swallows_the_failure_has_given_up()
    {
        await using var fixture = new ConnectionFixture(o => o.ConfigureReconnect = static builder => builder.AddStrategy(static _ => new Swallow(), new Options()));
        fixture.Transports.Refuse();

        var failure = await fixture.Connection.StartAsync().FailsWithAsync<NotConnectedException>();

        Assert.Contains("ConfigureReconnect", failure.Message, StringComparison.Ordinal);
        Assert.Equal(EndReason.GaveUp, failure.Reason);
    }

    [Fact]
    public async Task A_callback_of_a_pipeline_that_throws_faults_the_connection_and_a_start_begins_afresh()
    {
        var isBroken = true;
        await using var fixture = new ConnectionFixture(o => o.ConfigureReconnect = builder => builder.AddRetry(new RetryStrategyOptions
        {
            Delay = TimeSpan.Zero,
            OnRetry = _ => isBroken ? throw new InvalidOperationException("A callback's own trouble.") : default,
        }));
        fixture.Transports.Refuse();

        await fixture.Connection.StartAsync().FailsWithAsync<InvalidOperationException>();

        Assert.Equal(EndReason.GaveUp, (await fixture.UntilAsync(Faulted)).Reason);
        isBroken = false;
        await fixture.ReadyAsync();
    }

    [Fact]
    public async Task A_pipeline_that_ends_an_attempt_leaves_no_socket_behind()
    {
        await using var fixture = new ConnectionFixture(o =>
        {
            o.Calm();
            o.ConfigureReconnect = static builder => builder.AddTimeout(TimeSpan.FromSeconds(7));
        });
        var start = fixture.Connection.StartAsync();
        var server = await fixture.AcceptAsync();
        await start.WaitAsync(Guard);
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30));

        fixture.Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(EndReason.GaveUp, (await fixture.UntilAsync(Faulted)).Reason);
        await server.Closed.WaitAsync(Guard);
    }

    private static Action<ResiliencePipelineBuilder> Retry(int times) => builder =>
        builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = times, Delay = TimeSpan.Zero });

    private sealed class Options : ResilienceStrategyOptions;

    private sealed class Swallow : ResilienceStrategy
    {
        protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
        {
            var outcome = await callback(context, state);
            return outcome.Exception is null ? outcome : Outcome.FromResult<TResult>(default!);
        }
    }
}
