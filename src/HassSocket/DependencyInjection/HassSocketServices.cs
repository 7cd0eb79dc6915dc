using HassSocket.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HassSocket;

/// <summary>Registers houses in a service collection.</summary>
/// <remarks>
/// A house without a key is resolved as <see cref="IHassSocket"/>, one with a key as a keyed <see cref="IHassSocket"/>. Options are
/// validated when the host starts. In a host the socket connects with the application, unless
/// <see cref="HassSocketOptions.AutoConnectSocket"/> is off. An <see cref="ITokenProvider"/> that is registered (with the same key) is
/// used where no token is set, a <see cref="TimeProvider"/> and an <see cref="ITransportFactory"/> always, and a Polly pipeline that is
/// registered under the key <c>HassSocket.Reconnect</c> where <see cref="ConnectionOptions.ConfigureReconnect"/> is not set.
/// </remarks>
public static class HassSocketServices
{
    /// <summary>Adds a house whose options are set in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; added to a house that is there already, it changes that one's.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHassSocket(this IServiceCollection services, Action<HassSocketOptions> configure) =>
        Add(services, null, null, configure ?? throw new ArgumentNullException(nameof(configure)));

    /// <summary>Adds a house whose options are in configuration; a reloaded token is followed, all else is read once.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section that holds the options by their names; times are written <c>"00:00:30"</c>.</param>
    /// <param name="configure">Sets further options, after the section was read.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHassSocket(
        this IServiceCollection services, IConfiguration section, Action<HassSocketOptions>? configure = null) =>
        Add(services, null, section ?? throw new ArgumentNullException(nameof(section)), configure);

    /// <summary>Adds one of several houses, whose options are set in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key of its services; also its name in logs and metrics.</param>
    /// <param name="configure">Sets the options; added to a house that is there already, it changes that one's.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHassSocket(this IServiceCollection services, string key, Action<HassSocketOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return Add(services, key, null, configure ?? throw new ArgumentNullException(nameof(configure)));
    }

    /// <summary>Adds one of several houses, whose options are in configuration; a reloaded token is followed, all else is read once.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key of its services; also its name in logs and metrics.</param>
    /// <param name="section">The section that holds the options by their names; times are written <c>"00:00:30"</c>.</param>
    /// <param name="configure">Sets further options, after the section was read.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHassSocket(
        this IServiceCollection services, string key, IConfiguration section, Action<HassSocketOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return Add(services, key, section ?? throw new ArgumentNullException(nameof(section)), configure);
    }

    private static IServiceCollection Add(IServiceCollection services, string? key, IConfiguration? section, Action<HassSocketOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var house = new House(key);
        HouseRegistration.AddOptions(services, house, section, configure);
        HouseRegistration.AddSocket(services, house);
        return services;
    }
}
