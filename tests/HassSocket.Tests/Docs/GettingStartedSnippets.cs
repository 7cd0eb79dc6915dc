using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace HassSocket.Tests.Docs;

/// <summary>The code of docs/getting-started.md; compiled, not run.</summary>
internal static class GettingStartedSnippets
{
    public static async Task HostAsync(string[] args)
    {
        // <snippet:host>
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddHassSocket(builder.Configuration.GetSection("HassSocket"));
        builder.Services.AddHostedService<DoorWatch>();
        await builder.Build().RunAsync();
        // </snippet:host>
    }

    public static async Task ConnectAsync(string token)
    {
        // <snippet:connect>
        await using var socket = await HassSocketClient.ConnectAsync("http://homeassistant.local:8123", token);
        await foreach (var change in socket.OnEvent("state_changed").ReadAllAsync())
        {
            Console.WriteLine(change);
        }
        // </snippet:connect>
    }

    public static void FromEnvironment(IServiceCollection services)
    {
        // <snippet:environment>
        services.AddHassSocket(options => options.UseEnvironment());
        // </snippet:environment>
    }

    public static void SeveralHouses(HostApplicationBuilder builder)
    {
        // <snippet:several-houses>
        builder.Services.AddHassSocket("home", builder.Configuration.GetSection("Houses:Home"));
        builder.Services.AddHassSocket("cabin", builder.Configuration.GetSection("Houses:Cabin"));
        builder.Services.AddHostedService<CabinWatch>();
        // </snippet:several-houses>
    }

    public static void Health(IServiceCollection services)
    {
        // <snippet:health>
        services.AddHealthChecks().AddHassSocket();
        // </snippet:health>
    }

    public static void Provider(IServiceCollection services)
    {
        // <snippet:register-token-file>
        services.AddSingleton<ITokenProvider>(new TokenFile("/run/secrets/hass-token"));
        services.AddHassSocket(options => options.BaseUrl = "http://homeassistant.local:8123");
        // </snippet:register-token-file>
    }
}

// <snippet:door-watch>
internal sealed class DoorWatch(IHassSocket socket, ILogger<DoorWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in socket.OnEvent("state_changed").ReadAllAsync(stoppingToken))
        {
            logger.LogInformation("{Change}", change);
        }
    }
}
// </snippet:door-watch>

// <snippet:cabin-watch>
internal sealed class CabinWatch([FromKeyedServices("cabin")] IHassSocket cabin, ILogger<CabinWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var opened in cabin.OnEvent("door_opened").ReadAllAsync(stoppingToken))
        {
            logger.LogInformation("The door of the cabin was opened: {Event}", opened);
        }
    }
}
// </snippet:cabin-watch>

// <snippet:token-file>
internal sealed class TokenFile(string path) : ITokenProvider
{
    public async ValueTask<string> GetTokenAsync(TokenRequest request, CancellationToken cancellationToken) =>
        await File.ReadAllTextAsync(path, cancellationToken);

    public IChangeToken? GetChangeToken() => null;
}
// </snippet:token-file>
