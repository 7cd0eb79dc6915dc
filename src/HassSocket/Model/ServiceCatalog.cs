namespace HassSocket;

/// <summary>The services that a server offers: the answer to <c>get_services</c>, a map of domains to their services.</summary>
public sealed class ServiceCatalog
{
    /// <summary>Creates a catalog.</summary>
    /// <param name="domains">The services of each domain.</param>
    public ServiceCatalog(IReadOnlyDictionary<string, IReadOnlyDictionary<string, ServiceDescription>> domains)
    {
        ArgumentNullException.ThrowIfNull(domains);
        Domains = domains;
    }

    /// <summary>The services of each domain, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, ServiceDescription>> Domains { get; }

    /// <summary>Finds a service.</summary>
    /// <param name="domain">The integration, such as <c>light</c>.</param>
    /// <param name="service">The service, such as <c>turn_on</c>.</param>
    /// <returns>Its description, or <see langword="null"/> when the server has no such service.</returns>
    public ServiceDescription? Find(string domain, string service) =>
        Domains.TryGetValue(domain, out var services) && services.TryGetValue(service, out var description) ? description : null;
}
