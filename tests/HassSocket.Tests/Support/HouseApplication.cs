using HassSocket.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HassSocket.Tests.Support;

/// <summary>A generic host whose sockets are fakes, with captured logs, a clock moved by hand and an exit code of its own.</summary>
internal sealed class HouseApplication : IAsyncDisposable
{
    private readonly Dictionary<string, FakeHassSocket> _sockets = [];

    public HouseApplication(Action<HostApplicationBuilder> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configure(builder);
        builder.Logging.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<ProcessExitCode>(ExitCode);
        builder.Services.AddSingleton<TimeProvider>(Time);
        foreach (var house in builder.Services.Where(d => !d.IsKeyedService).Select(d => d.ImplementationInstance).OfType<House>().ToArray())
            builder.Services.AddKeyedSingleton<IHassSocket>(house.Key, (services, _) => Make(services, house));
        Host = builder.Build();
    }

    public IHost Host { get; }
    public CapturedLogs Logs { get; } = new();
    public FakeExitCode ExitCode { get; } = new();
    public HassSocket.Testing.ManualTimeProvider Time { get; } = new();

    /// <summary>The options with which sockets were made, by the key of their house.</summary>
    public Dictionary<string, HassSocketOptions> Made { get; } = [];

    public IServiceProvider Services => Host.Services;

    public bool IsStopping => Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    public static HouseApplication Of(Action<HassSocketOptions>? configure = null) => new(builder => builder.Services.AddHassSocket(options =>
    {
        (options.BaseUrl, options.Token) = ("http://ha.local", "t0ken");
        configure?.Invoke(options);
    }));

    public FakeHassSocket Socket(string name = "")
    {
        lock (_sockets) return _sockets.TryGetValue(name, out var socket) ? socket : _sockets[name] = new FakeHassSocket();
    }

    public Task StartAsync() => Host.StartAsync().WaitAsync(TimeSpan.FromSeconds(10));

    public Task StopAsync() => Host.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)Host).DisposeAsync();

    private FakeHassSocket Make(IServiceProvider services, House house)
    {
        Made[house.OptionsName] = services.GetRequiredKeyedService<HouseOptions>(house.Key).Value;
        return Socket(house.OptionsName);
    }

    internal sealed class FakeExitCode : ProcessExitCode
    {
        public override int Value { get; set; }
    }
}
