using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HassSocket.DependencyInjection;

/// <summary>Uses the registered token provider of a house whose options name neither a token nor a provider.</summary>
/// <remarks>A house with a key never falls back to the provider without one: that would send one house's token to another.</remarks>
internal sealed class TokenProviderLookup(IServiceProvider services) : IPostConfigureOptions<HassSocketOptions>
{
    public void PostConfigure(string? name, HassSocketOptions options)
    {
        if (options.TokenProvider is null && string.IsNullOrWhiteSpace(options.Token))
            options.TokenProvider = services.GetKeyedService<ITokenProvider>(string.IsNullOrEmpty(name) ? null : name);
    }
}
