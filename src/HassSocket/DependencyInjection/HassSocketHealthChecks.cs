using HassSocket.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HassSocket;

/// <summary>Adds the health of a house to the health checks of an application.</summary>
public static class HassSocketHealthChecks
{
    /// <summary>
    /// Healthy while connected (or open on demand and idle); degraded while connecting, while messages are paused, or while a
    /// subscription waits for the server; unhealthy when stopped, when it gave up, or after 60 s without a connection.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check; <c>hass_socket</c>, with <c>_key</c> for a keyed house, when it is <see langword="null"/>.</param>
    /// <param name="key">The key of the house; <see langword="null"/> for the one without a key.</param>
    /// <param name="failureStatus">What is reported instead of unhealthy.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddHassSocket(
        this IHealthChecksBuilder builder, string? name = null, string? key = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (key is null ? "hass_socket" : $"hass_socket_{key}"), services => Create(services, key), failureStatus, tags));
    }

    private static HassSocketHealthCheck Create(IServiceProvider services, string? key)
    {
        var downtime = services.GetRequiredKeyedService<Downtime>(key);
        downtime.Begin();
        return new HassSocketHealthCheck(services.GetRequiredKeyedService<IHassSocket>(key), downtime);
    }
}
