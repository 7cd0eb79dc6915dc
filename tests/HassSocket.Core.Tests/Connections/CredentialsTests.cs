using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class CredentialsTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task Credentials_are_asked_for_before_each_dial()
    {
        var dialect = new EchoDialect();
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect);
        var start = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        Assert.Equal("hello secret", await server.ReadAsync());
        dialect.Secret = "newer";
        server.Drop();
        await fixture.PassAsync((await fixture.UntilAsync(Backoff)).NextAttemptIn!.Value);

        server = await fixture.Transports.NextConnectionAsync();

        Assert.Equal("hello newer", await server.ReadAsync());
        server.Send("welcome 1.0");
        await start.WaitAsync(Guard);
        Assert.Equal(2, dialect.Prepared);
    }

    [Fact]
    public async Task Rejected_credentials_are_asked_for_once_more_and_the_same_ones_are_never_shown_again()
    {
        var asked = 0;
        var dialect = new EchoDialect { RenewedSecret = () => { asked++; return "secret"; } };
        await using var fixture = new ConnectionFixture(dialect: dialect);
        var start = fixture.Connection.StartAsync();

        await RejectAsync(fixture, "hello secret");

        var rejected = await start.FailsWithAsync<AuthenticationRejectedException>();
        Assert.Equal("The server does not know you.", rejected.Message);
        Assert.Equal((1, 1), (asked, fixture.Transports.DialCount));
        var faulted = await fixture.UntilAsync(Faulted);
        Assert.Equal((EndReason.AuthenticationRejected, rejected), (faulted.Reason, faulted.Error));
    }

    [Fact]
    public async Task Different_credentials_are_tried_at_once()
    {
        var dialect = new EchoDialect { RenewedSecret = () => "other" };
        await using var fixture = new ConnectionFixture(dialect: dialect);
        var start = fixture.Connection.StartAsync();

        await RejectAsync(fixture, "hello secret");
        var server = await fixture.Transports.NextConnectionAsync();
        Assert.Equal("hello other", await server.ReadAsync());
        server.Send("welcome 1.0");

        await start.WaitAsync(Guard);
        Assert.Equal(Ready, fixture.Connection.State);
    }

    [Fact]
    public async Task Different_credentials_that_are_rejected_too_are_the_last_ones()
    {
        var asked = 0;
        var dialect = new EchoDialect { RenewedSecret = () => $"other {++asked}" };
        await using var fixture = new ConnectionFixture(dialect: dialect);
        var start = fixture.Connection.StartAsync();

        await RejectAsync(fixture, "hello secret");
        await RejectAsync(fixture, "hello other 1");

        await start.FailsWithAsync<AuthenticationRejectedException>();
        await fixture.UntilAsync(Faulted);
        Assert.Equal((1, 2), (asked, fixture.Transports.DialCount));
    }

    [Fact]
    public async Task A_provider_that_fails_after_a_rejection_is_asked_again_at_the_longest_interval()
    {
        var dialect = new EchoDialect { RenewedSecret = () => throw new IOException("The vault is locked.") };
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect);
        var start = fixture.Connection.StartAsync();

        await RejectAsync(fixture, "hello secret");

        var wait = await fixture.UntilAsync(Backoff);
        Assert.Equal((EndReason.AuthenticationRejected, TimeSpan.FromSeconds(60)), (wait.Reason, wait.NextAttemptIn));
        Assert.Contains("The vault is locked.", wait.Explanation, StringComparison.Ordinal);
        await fixture.PassAsync(TimeSpan.FromSeconds(60));
        await fixture.AcceptAsync();
        await start.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_provider_that_fails_before_a_dial_is_asked_again_like_a_server_that_is_away()
    {
        var isLocked = true;
        var dialect = new PlainDialect { Prepare = _ => isLocked ? throw new IOException("The vault is locked.") : Task.CompletedTask };
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect);
        var start = fixture.Connection.StartAsync();

        var wait = await fixture.UntilAsync(Backoff);
        Assert.Equal((0, TimeSpan.FromSeconds(1)), (fixture.Transports.DialCount, wait.NextAttemptIn));
        Assert.Contains("The vault is locked.", wait.Explanation, StringComparison.Ordinal);
        isLocked = false;
        await fixture.PassAsync(TimeSpan.FromSeconds(1));

        await start.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_change_of_the_credentials_lifts_the_fault_and_resumes_everything()
    {
        var dialect = new EchoDialect();
        await using var fixture = new ConnectionFixture(dialect: dialect);
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        var start = fixture.Connection.StartAsync();
        await RejectAsync(fixture, "hello secret");
        await start.FailsWithAsync<AuthenticationRejectedException>();
        await fixture.UntilAsync(Faulted);
        var refused = await fixture.SendAsync("x").FailsWithAsync<NotConnectedException>();
        Assert.Equal(EndReason.AuthenticationRejected, refused.Reason);

        dialect.Secret = "newer";

        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        var server = await fixture.Transports.NextConnectionAsync();
        Assert.Equal("hello newer", await server.ReadAsync());
        var joined = fixture.Connection.StartAsync();
        server.Send("welcome 1.0");
        await joined.WaitAsync(Guard);
        server.Answer(await server.ReadAsync());
        server.Send("1 + again");
        Assert.Equal("again", await inbox.NextAsync());
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task A_rejection_at_a_reconnect_faults_the_connection_and_ends_what_waits_with_the_reason()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var server = await fixture.ReadyAsync();
        server.Drop();
        await fixture.PassAsync((await fixture.UntilAsync(Backoff)).NextAttemptIn!.Value);
        var waiting = fixture.SendAsync("x");

        await RejectAsync(fixture, "hello secret");

        var ended = await waiting.FailsWithAsync<NotConnectedException>();
        Assert.Equal((EndReason.AuthenticationRejected, Delivery.NotSent), (ended.Reason, ended.Delivery));
        await fixture.UntilAsync(Faulted);
    }

    [Fact]
    public async Task A_change_of_the_credentials_does_not_lift_a_fault_of_another_kind()
    {
        var dialect = new EchoDialect();
        await using var fixture = new ConnectionFixture(o => { o.Calm(); o.SocketCrashRequestsPerSec = 0.1; }, dialect);
        await fixture.ReadyAsync();
        await fixture.SendAsync("x").FailsWithAsync<TrafficLimitExceededException>();
        await fixture.UntilAsync(Faulted);
        var changes = fixture.Watch();

        dialect.Secret = "newer";
        await fixture.Connection.StopAsync().WaitAsync(Guard);

        Assert.Equal(Faulted, (await changes.NextAsync()).Current);
        Assert.Equal(Stopped, (await changes.NextAsync()).Current);
        Assert.Equal(1, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task A_change_signal_that_fails_leaves_the_way_of_starting_again()
    {
        var isRejected = true;
        var dialect = new PlainDialect
        {
            Prepare = _ => isRejected ? throw new AuthenticationRejectedException("No.") : Task.CompletedTask,
            Changed = _ => throw new IOException("Nobody watches the file."),
        };
        await using var fixture = new ConnectionFixture(dialect: dialect);
        await fixture.Connection.StartAsync().FailsWithAsync<AuthenticationRejectedException>();
        await fixture.Log.WaitForAsync(5, "Nobody watches the file.");
        isRejected = false;

        await fixture.Connection.StartAsync().WaitAsync(Guard);

        Assert.Equal(Ready, fixture.Connection.State);
    }

    [Fact]
    public async Task No_secret_is_logged_and_none_is_in_what_is_thrown_or_told()
    {
        var dialect = new EchoDialect { Secret = "s3cr3t", RenewedSecret = () => "s3cr3t-2" };
        await using var fixture = new ConnectionFixture(dialect: dialect);
        var start = fixture.Connection.StartAsync();
        await RejectAsync(fixture, "hello s3cr3t");
        await RejectAsync(fixture, "hello s3cr3t-2");
        var rejected = await start.FailsWithAsync<AuthenticationRejectedException>();
        await fixture.UntilAsync(Faulted);

        Assert.DoesNotContain("s3cr3t", rejected.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fixture.Connection.LatestChange.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(fixture.Log.Lines);
        Assert.DoesNotContain(fixture.Log.Lines, line => line.Text.Contains("s3cr3t", StringComparison.Ordinal));
    }

    private static async Task RejectAsync(ConnectionFixture fixture, string greeting)
    {
        var server = await fixture.Transports.NextConnectionAsync();
        Assert.Equal(greeting, await server.ReadAsync());
        server.Send("go away");
        await server.Closed.WaitAsync(Guard);
    }
}
