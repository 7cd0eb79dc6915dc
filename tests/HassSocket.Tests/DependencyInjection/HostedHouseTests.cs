using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using HassSocket.DependencyInjection;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Tests.DependencyInjection;

/// <summary>The hosted part with the real socket, towards a simulated house in memory.</summary>
public sealed class HostedHouseTests : IAsyncDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly HomeAssistantSimulator _house = new();
    private readonly CapturedLogs _logs = new();
    private readonly HouseApplication.FakeExitCode _exitCode = new();
    private IHost? _host;

    private IHassSocket Socket => _host!.Services.GetRequiredService<IHassSocket>();

    [Fact]
    public async Task House_is_ready_and_healthy_while_the_application_runs_and_left_when_it_stops()
    {
        await StartAsync(services => services.AddHassSocket(options => Use(options)));
        await Reached(ConnectionState.Ready);

        Assert.Equal(HealthStatus.Healthy, await HealthAsync());
        await _host!.StopAsync().WaitAsync(Guard);

        Assert.Equal(ConnectionState.Stopped, Socket.State);
        await Assert.Single(_house.Connections).Gone.WaitAsync(Guard);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync());
        Assert.Empty(_logs.From(LogLevel.Warning));
    }

    [Fact]
    public async Task Application_that_waits_for_ready_has_a_connection_when_it_has_started()
    {
        await StartAsync(services => services.AddHassSocket(options => Use(options).WaitForReadyOnStart = true));

        Assert.Equal(ConnectionState.Ready, Socket.State);
    }

    [Fact]
    public async Task Application_starts_and_stops_while_the_house_is_silent()
    {
        _house.Faults.HoldAuth = true;
        await StartAsync(services => services.AddHassSocket(options => Use(options)));
        await Reached(ConnectionState.Authenticating);

        Assert.Equal(HealthStatus.Degraded, await HealthAsync());
        await _host!.StopAsync().WaitAsync(Guard);

        Assert.Equal(ConnectionState.Stopped, Socket.State);
    }

    [Fact]
    public async Task Application_that_is_disposed_without_a_stop_leaves_quietly()
    {
        _house.Faults.HoldAuth = true;
        await StartAsync(services => services.AddHassSocket(options => Use(options)));
        await Reached(ConnectionState.Authenticating);

        await ((IAsyncDisposable)_host!).DisposeAsync().AsTask().WaitAsync(Guard);

        await Assert.Single(_house.Connections).Gone.WaitAsync(Guard);
        Assert.Empty(_logs.From(LogLevel.Warning));
    }

    [Fact]
    public async Task Rejected_token_is_told_and_a_changed_one_connects_without_a_restart()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HassSocket:BaseUrl"] = _house.BaseUrl.AbsoluteUri,
            ["HassSocket:Token"] = "wr0ng",
            ["HassSocket:RetryInterval"] = "00:00:00.001",
        }).Build();
        await StartAsync(services => services.AddHassSocket(configuration.GetSection("HassSocket")));
        await Reached(ConnectionState.Faulted);
        await _logs.WaitForAsync(711, Guard);

        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync());
        Assert.Single(_house.Connections);
        configuration["HassSocket:Token"] = _house.Token;
        configuration.Reload();
        await Reached(ConnectionState.Ready);

        Assert.Equal(2, _house.Connections.Count);
        Assert.DoesNotContain(_logs.Entries, entry => new[] { "wr0ng", _house.Token }.Any(entry.ToString().Contains));
    }

    [Fact]
    public async Task Too_much_traffic_stops_the_application_with_exit_code_1()
    {
        await StartAsync(services => services.AddHassSocket(options =>
            (Use(options).SocketWarnRequestsPerSec, options.SocketCrashRequestsPerSec) = (0.5, 0.5)));
        await Reached(ConnectionState.Ready);
        var stopped = _host!.WaitForShutdownAsync();

        await Socket.FireEventAsync("one");
        await Socket.FireEventAsync("two");
        await Assert.ThrowsAsync<TrafficLimitExceededException>(() => Socket.FireEventAsync("three"));

        await stopped.WaitAsync(Guard);
        Assert.Equal(1, _exitCode.Value);
        Assert.Contains(_logs.Entries, entry => entry is { Level: LogLevel.Critical, Id: 710 });
        Assert.Equal(2, _house.Received.Count(message => message.Text.Contains("fire_event", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Token_of_a_house_goes_to_that_house_only()
    {
        await using var cabin = new HomeAssistantSimulator();
        var other = cabin.AddUser("Cabin").Token;
        await StartAsync(services => services
            .AddKeyedSingleton("cabin", cabin.Transports)
            .AddHassSocket("cabin", options => (options.BaseUrl, options.Token) = (cabin.BaseUrl.AbsoluteUri, other))
            .AddHassSocket(options => Use(options)));

        await Reached(ConnectionState.Ready);
        await Reached(ConnectionState.Ready, _host!.Services.GetRequiredKeyedService<IHassSocket>("cabin"));

        Assert.Equal("Owner", Assert.Single(_house.Connections).User?.Name);
        Assert.Equal("Cabin", Assert.Single(cabin.Connections).User?.Name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await ((IAsyncDisposable)_host).DisposeAsync();
        await _house.DisposeAsync();
        _logs.Dispose();
    }

    private HassSocketOptions Use(HassSocketOptions options)
    {
        (options.BaseUrl, options.Token) = (_house.BaseUrl.AbsoluteUri, _house.Token);
        return options;
    }

    private async Task StartAsync(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configure(builder.Services);
        builder.Services.AddHealthChecks().AddHassSocket();
        builder.Services.AddSingleton(_house.Transports).AddSingleton<ProcessExitCode>(_exitCode);
        builder.Logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Trace);
        _host = builder.Build();
        await _host.StartAsync().WaitAsync(Guard);
    }

    private Task<ConnectionStateChange> Reached(ConnectionState state, IHassSocket? socket = null) =>
        (socket ?? Socket).StateChanges.FirstAsync(change => change.Current == state).ToTask().WaitAsync(Guard);

    private async Task<HealthStatus> HealthAsync() =>
        (await _host!.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["hass_socket"].Status;
}
