using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The config entries of the house, and the manifests of its integrations.</summary>
internal sealed class EntryList
{
    private readonly List<Action<JsonObject>> _listeners = [];

    public EntryList(JsonArray entries, JsonArray manifests)
    {
        All = [.. entries.Select(entry => entry!.DeepClone().AsObject())];
        Manifests = [.. manifests.Select(manifest => manifest!.AsObject())];
    }

    public IReadOnlyList<JsonObject> All { get; }

    public IReadOnlyList<JsonObject> Manifests { get; }

    public JsonObject Get(string? entryId) => All.FirstOrDefault(entry => entry["entry_id"].Text() == entryId)
        ?? throw new SimulatedErrorException("not_found", "Config entry not found");

    public JsonObject? Manifest(string? domain) => Manifests.FirstOrDefault(manifest => manifest["domain"].Text() == domain);

    /// <summary>The kind of an integration, such as <c>service</c>; <c>integration</c> where its manifest says nothing.</summary>
    public string KindOf(string? domain) => Manifest(domain)?["integration_type"].Text() ?? "integration";

    /// <summary>Tells an entry as it is now.</summary>
    public void Tell(JsonObject entry)
    {
        foreach (var listener in _listeners.ToArray()) listener(entry);
    }

    /// <summary>Listens for changes until the returned action is called.</summary>
    public Action Listen(Action<JsonObject> take)
    {
        _listeners.Add(take);
        return () => _listeners.Remove(take);
    }
}
