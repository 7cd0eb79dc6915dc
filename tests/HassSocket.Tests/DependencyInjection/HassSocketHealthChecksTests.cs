using HassSocket.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace HassSocket.Tests.DependencyInjection;

public sealed class HassSocketHealthChecksTests
{
    [Theory]
    [InlineData(ConnectionState.Ready, HealthStatus.Healthy, "Connected.")]
    [InlineData(ConnectionState.Idle, HealthStatus.Healthy, "Ready to connect when something needs it.")]
    [InlineData(ConnectionState.Connecting, HealthStatus.Degraded, "Connecting.")]
    [InlineData(ConnectionState.Authenticating, HealthStatus.Degraded, "Connecting.")]
    [InlineData(ConnectionState.Restoring, HealthStatus.Degraded, "Connecting.")]
    [InlineData(ConnectionState.Backoff, HealthStatus.Degraded, "Connecting.")]
    [InlineData(ConnectionState.Stopped, HealthStatus.Unhealthy, "Not started, or stopped.")]
    [InlineData(ConnectionState.Faulted, HealthStatus.Unhealthy, "Gave up.")]
    public async Task Every_state_has_its_health(ConnectionState state, HealthStatus expected, string sentence)
    {
        await using var app = await StartedAsync();
        app.Socket().Become(state);

        var entry = await CheckAsync(app);

        Assert.Equal((expected, sentence), (entry.Status, entry.Description));
        Assert.Equal(state.ToString(), entry.Data["state"]);
    }

    [Fact]
    public async Task Pause_is_degraded()
    {
        await using var app = await StartedAsync();
        app.Socket().Become(ConnectionState.Ready);
        app.Socket().PauseMessages = true;

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(app)).Status);
    }

    [Fact]
    public async Task Subscription_that_waits_is_degraded()
    {
        await using var app = await StartedAsync();
        app.Socket().Become(ConnectionState.Ready);
        app.Socket().WaitingSubscriptions = 2;

        var entry = await CheckAsync(app);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("2 subscription(s)", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_for_more_than_60_s_is_unhealthy_with_the_reason()
    {
        await using var app = await StartedAsync();
        app.Socket().Become(ConnectionState.Ready);
        app.Socket().Become(ConnectionState.Backoff, "Nothing listens at ha.local.");

        app.Time.Advance(TimeSpan.FromSeconds(30));
        app.Socket().Become(ConnectionState.Connecting);
        app.Socket().Become(ConnectionState.Backoff, "Nothing listens at ha.local.");
        app.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(app)).Status);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        var entry = await CheckAsync(app);

        Assert.Equal((HealthStatus.Unhealthy, "Not connected for 61 s. Nothing listens at ha.local."), (entry.Status, entry.Description));
    }

    [Fact]
    public async Task Connection_ends_the_downtime()
    {
        await using var app = await StartedAsync();
        app.Time.Advance(TimeSpan.FromHours(1));
        app.Socket().Become(ConnectionState.Ready);
        app.Socket().Become(ConnectionState.Connecting);

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(app)).Status);
    }

    [Fact]
    public async Task Server_that_was_never_reached_is_unhealthy_after_60_s()
    {
        await using var app = await StartedAsync();
        app.Socket().Become(ConnectionState.Connecting);
        app.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(app)).Status);
    }

    [Fact]
    public async Task House_with_a_key_has_a_check_of_its_own_and_may_report_a_milder_status()
    {
        await using var app = new HouseApplication(builder =>
        {
            builder.Services.AddHassSocket("garden", o => (o.BaseUrl, o.Token) = ("http://garden.local", "t0ken"));
            builder.Services.AddHealthChecks().AddHassSocket(key: "garden", failureStatus: HealthStatus.Degraded, tags: ["house"]);
        });
        await app.StartAsync();

        var entry = await CheckAsync(app, "hass_socket_garden");

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal(["house"], entry.Tags);
    }

    private static async Task<HouseApplication> StartedAsync()
    {
        var app = new HouseApplication(builder =>
        {
            builder.Services.AddHassSocket(o => (o.BaseUrl, o.Token) = ("http://ha.local", "t0ken"));
            builder.Services.AddHealthChecks().AddHassSocket();
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<HealthReportEntry> CheckAsync(HouseApplication app, string name = "hass_socket") =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries[name];
}
