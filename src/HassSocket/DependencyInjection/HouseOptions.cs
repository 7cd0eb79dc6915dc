using HassSocket.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly;

namespace HassSocket.DependencyInjection;

/// <summary>The options of one house as they were when it was first asked for.</summary>
internal sealed record HouseOptions(HassSocketOptions Value)
{
    public const string ReconnectPipeline = "HassSocket.Reconnect";

    /// <summary>Copies the validated options and joins them with what the container knows.</summary>
    public static HouseOptions Read(IServiceProvider services, House house)
    {
        var options = services.GetRequiredService<IOptionsMonitor<HassSocketOptions>>().Get(house.OptionsName).Snapshot();
        if (options.Name.Length == 0) options.Name = house.OptionsName;
        if (options.TokenProvider is null)
            (options.TokenProvider, options.Token) = (services.GetRequiredKeyedService<ConfiguredToken>(house.Key), null);
        if (options.ConfigureReconnect is null && services.GetKeyedService<ResiliencePipeline>(ReconnectPipeline) is { } pipeline)
            options.ConfigureReconnect = builder => builder.AddPipeline(pipeline);
        return new HouseOptions(options);
    }
}
