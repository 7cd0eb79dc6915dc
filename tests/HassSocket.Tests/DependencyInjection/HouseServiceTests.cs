using HassSocket.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace HassSocket.Tests.DependencyInjection;

public sealed class HouseServiceTests
{
    private static readonly TrafficLimitExceededException TooMuch = new("You sent 612 a second, 500 are allowed.", 612, 500);
    private static readonly AuthenticationRejectedException Rejected = new("Invalid access token or password.");

    [Fact]
    public async Task Socket_starts_with_the_application_and_does_not_delay_it()
    {
        await using var app = HouseApplication.Of();

        await app.StartAsync();
        await app.Socket().StartCalled;

        Assert.Equal(1, app.Socket().Starts);
        Assert.Equal(ConnectionState.Stopped, app.Socket().State);
    }

    [Fact]
    public async Task Without_auto_connect_the_socket_is_not_started()
    {
        await using var app = HouseApplication.Of(options => options.AutoConnectSocket = false);

        await app.StartAsync();
        await app.StopAsync();

        Assert.Equal(0, app.Socket().Starts);
    }

    [Fact]
    public async Task Start_waits_for_ready_where_that_is_wished()
    {
        await using var app = HouseApplication.Of(options => options.WaitForReadyOnStart = true);

        var starting = app.StartAsync();
        await app.Socket().StartCalled;
        Assert.False(starting.IsCompleted);
        app.Socket().Become(ConnectionState.Ready);

        await starting;
    }

    [Fact]
    public async Task Start_that_waits_for_ready_fails_when_the_token_is_rejected()
    {
        await using var app = HouseApplication.Of(options => options.WaitForReadyOnStart = true);

        var starting = app.StartAsync();
        await app.Socket().StartCalled;
        app.Socket().Fault(Rejected, EndReason.AuthenticationRejected);

        Assert.Same(Rejected, await Assert.ThrowsAsync<AuthenticationRejectedException>(() => starting));
    }

    [Fact]
    public async Task Stop_of_the_application_stops_the_socket_and_ends_a_connect_under_way()
    {
        await using var app = HouseApplication.Of();
        await app.StartAsync();
        await app.Socket().StartCalled;

        await app.StopAsync();
        await app.DisposeAsync();

        Assert.Equal(1, app.Socket().Stops);
        Assert.True(app.Socket().Disposed);
        Assert.Empty(app.Logs.From(LogLevel.Warning));
    }

    [Fact]
    public async Task Traffic_crash_stops_the_application_with_exit_code_1()
    {
        await using var app = HouseApplication.Of();
        await app.StartAsync();

        app.Socket().Fault(TooMuch, EndReason.TrafficLimit);

        Assert.True(app.IsStopping);
        Assert.Equal(1, app.ExitCode.Value);
        var entry = Assert.Single(app.Logs.From(LogLevel.Error));
        Assert.Equal(LogLevel.Critical, entry.Level);
        Assert.Contains(TooMuch.Message + " The application stops.", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traffic_crash_keeps_an_exit_code_that_is_set_already()
    {
        await using var app = HouseApplication.Of();
        await app.StartAsync();
        app.ExitCode.Value = 7;

        app.Socket().Fault(TooMuch, EndReason.TrafficLimit);

        Assert.True(app.IsStopping);
        Assert.Equal(7, app.ExitCode.Value);
    }

    [Fact]
    public async Task Traffic_crash_leaves_the_application_alone_where_that_is_wished()
    {
        await using var app = HouseApplication.Of(options => options.StopHostOnCrash = false);
        await app.StartAsync();

        app.Socket().Fault(TooMuch, EndReason.TrafficLimit);

        Assert.False(app.IsStopping);
        Assert.Equal(0, app.ExitCode.Value);
        Assert.Equal(LogLevel.Critical, Assert.Single(app.Logs.From(LogLevel.Error)).Level);
    }

    [Fact]
    public async Task Traffic_crash_of_a_socket_that_was_started_by_hand_stops_the_application_too()
    {
        await using var app = HouseApplication.Of(options => options.AutoConnectSocket = false);
        await app.StartAsync();

        app.Socket().Fault(TooMuch, EndReason.TrafficLimit);

        Assert.True(app.IsStopping);
    }

    [Fact]
    public async Task Rejected_token_is_an_error_in_the_log_and_the_application_goes_on()
    {
        await using var app = HouseApplication.Of();
        await app.StartAsync();
        await app.Socket().StartCalled;

        app.Socket().Fault(Rejected, EndReason.AuthenticationRejected);

        Assert.False(app.IsStopping);
        Assert.Equal(0, app.ExitCode.Value);
        var entry = Assert.Single(app.Logs.From(LogLevel.Error));
        Assert.Contains("Make a long-lived access token", entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_house_has_a_service_of_its_own()
    {
        await using var app = new HouseApplication(builder => builder.Services
            .AddHassSocket("garden", Valid).AddHassSocket("cabin", Valid).AddHassSocket(Valid).AddHassSocket("garden", o => o.PingInterval *= 2));

        await app.StartAsync();
        foreach (var name in new[] { "garden", "cabin", "" }) await app.Socket(name).StartCalled;
        await app.StopAsync();

        Assert.All(["garden", "cabin", ""], name => Assert.Equal((1, 1), (app.Socket(name).Starts, app.Socket(name).Stops)));
        Assert.Equal(3, app.Services.GetServices<IHostedService>().Count());
    }

    [Fact]
    public async Task Invalid_options_fail_the_start_with_every_problem_and_the_house()
    {
        await using var app = new HouseApplication(builder => builder.Services.AddHassSocket("garden", options => options.Token = "  "));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(app.StartAsync);

        Assert.Collection(
            error.Failures,
            problem => Assert.StartsWith("House 'garden': BaseUrl is not set", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("House 'garden': Token is empty", problem, StringComparison.Ordinal));
        Assert.Equal(0, app.Socket("garden").Starts);
    }

    private static void Valid(HassSocketOptions options) => (options.BaseUrl, options.Token) = ("http://ha.local", "t0ken");
}
