using HassSocket.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HassSocket.DependencyInjection;

/// <summary>The services of one house; a service with the key <see langword="null"/> is one without a key.</summary>
internal static class HouseRegistration
{
    public static void AddOptions(IServiceCollection services, House house, IConfiguration? section, Action<HassSocketOptions>? configure)
    {
        var name = house.OptionsName;
        var options = services.AddOptions<HassSocketOptions>(name);
        if (section is not null)
        {
            services.AddSingleton<IConfigureOptions<HassSocketOptions>>(sp => new SectionBinder(name, section, Logger<SectionBinder>(sp)));
            services.AddSingleton<IOptionsChangeTokenSource<HassSocketOptions>>(new ConfigurationChangeTokenSource<HassSocketOptions>(name, section));
        }

        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HassSocketOptions>, TokenProviderLookup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HassSocketOptions>, HassSocketOptionsValidator>());
        options.ValidateOnStart();
    }

    public static void AddSocket(IServiceCollection services, House house)
    {
        if (services.Any(d => !d.IsKeyedService && house.Equals(d.ImplementationInstance))) return;
        services.AddSingleton(house);
        services.TryAddSingleton<ProcessExitCode>();
        services.AddKeyedSingleton(house.Key, (sp, _) => HouseOptions.Read(sp, house));
        services.AddKeyedSingleton(house.Key, (sp, _) =>
            new ConfiguredToken(house.OptionsName, sp.GetRequiredService<IOptionsMonitor<HassSocketOptions>>(), Logger<ConfiguredToken>(sp)));
        services.AddKeyedSingleton(house.Key, (sp, _) =>
            new Downtime(sp.GetRequiredKeyedService<IHassSocket>(house.Key), sp.GetService<TimeProvider>() ?? TimeProvider.System));
        services.TryAddKeyedSingleton<IHassSocket>(house.Key, (sp, _) => Create(sp, house));

        // AddHostedService keeps only the first of a type; every house needs its own.
        services.AddSingleton<IHostedService>(sp => new HouseService(
            house, sp, sp.GetRequiredService<IHostApplicationLifetime>(), sp.GetRequiredService<ProcessExitCode>(), Logger<HouseService>(sp)));
    }

    private static HassSocketClient Create(IServiceProvider services, House house) => new(
        services.GetRequiredKeyedService<HouseOptions>(house.Key).Value,
        services.GetService<ILoggerFactory>(),
        services.GetService<TimeProvider>(),
        services.GetKeyedService<ITransportFactory>(house.Key) ?? services.GetService<ITransportFactory>());

    private static ILogger<T> Logger<T>(IServiceProvider services) => services.GetService<ILogger<T>>() ?? NullLogger<T>.Instance;
}
