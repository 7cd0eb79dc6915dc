using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>All services of the house.</summary>
internal sealed class ServiceTable
{
    private readonly Dictionary<string, Dictionary<string, ServiceEntry>> _domains = [];

    public ServiceEntry? Find(string domain, string service) => _domains.GetValueOrDefault(domain)?.GetValueOrDefault(service);

    public IEnumerable<string> Of(string domain) => _domains.GetValueOrDefault(domain)?.Keys ?? Enumerable.Empty<string>();

    public void Set(string domain, string service, ServiceEntry entry)
    {
        if (!_domains.TryGetValue(domain, out var services)) _domains[domain] = services = [];
        services[service] = entry;
    }

    public bool Remove(string domain, string service)
    {
        if (!_domains.TryGetValue(domain, out var services) || !services.Remove(service)) return false;
        if (services.Count == 0) _domains.Remove(domain);
        return true;
    }

    public void Seed(JsonObject descriptions)
    {
        foreach (var (domain, services) in descriptions)
        {
            foreach (var (service, description) in services!.AsObject())
                Set(domain, service, new ServiceEntry(description!.DeepClone().AsObject()));
        }
    }

    /// <summary>Gives a known service an effect; one that is not known is added.</summary>
    public void Teach(string domain, string service, Func<SimulatedServiceCall, Task<JsonNode?>> run)
    {
        var entry = Find(domain, service) ?? new ServiceEntry(new JsonObject
        {
            ["fields"] = new JsonObject(),
            ["target"] = new JsonObject { ["entity"] = new JsonArray(new JsonObject { ["domain"] = new JsonArray(domain) }) },
        });
        Set(domain, service, entry with { Run = run });
    }

    /// <summary>What every service says about itself.</summary>
    /// <param name="isKnown">Whether a domain has loaded.</param>
    public JsonObject Describe(Func<string, bool> isKnown)
    {
        var result = new JsonObject();
        foreach (var (domain, services) in _domains.Where(pair => isKnown(pair.Key)))
        {
            var described = new JsonObject();
            foreach (var (service, entry) in services) described[service] = entry.Description.DeepClone();
            result[domain] = described;
        }

        return result;
    }
}
