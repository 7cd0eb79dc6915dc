using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>A list of things that the house remembers; what becomes of it is told as an event.</summary>
/// <param name="house">The house.</param>
/// <param name="name">What it holds, such as <c>area</c>: part of the event's type and of the things' ids.</param>
/// <param name="key">The member that holds a thing's id.</param>
/// <param name="scope">What the event says besides, as a name and its value.</param>
/// <param name="eventKey">What events call that id; by default the same.</param>
internal sealed class Registry(House house, string name, string key, (string Name, string Value)? scope = null, string? eventKey = null)
{
    private readonly List<JsonObject> _items = [];

    public IReadOnlyList<JsonObject> All => _items;

    public JsonObject? Find(string? id) => _items.Find(item => item[key].Text() == id);

    /// <summary>The thing with this id, or the error that there is none.</summary>
    public JsonObject Get(string? id, string code, string message) => Find(id) ?? throw new SimulatedErrorException(code, message);

    public void Seed(JsonArray items) => _items.AddRange(items.Select(item => item!.DeepClone().AsObject()));

    /// <summary>Refuses a name that another thing has.</summary>
    public void CheckName(string given, JsonObject? self = null)
    {
        var normalised = RegistryNames.Normalise(given);
        if (_items.Exists(item => !ReferenceEquals(item, self) && RegistryNames.Normalise(item["name"].Text() ?? "") == normalised))
            throw new SimulatedErrorException("invalid_info", $"The name {given} ({normalised}) is already in use");
    }

    /// <summary>An id for a new thing.</summary>
    public string NewId(string given) => RegistryNames.FreeSlug(given, id => Find(id) is not null);

    public JsonObject Add(JsonObject item)
    {
        item["created_at"] = Stamp();
        item["modified_at"] = Stamp();
        _items.Add(item);
        Tell("create", item);
        return item;
    }

    /// <summary>Changes members of a thing; nothing is told when nothing becomes different.</summary>
    /// <param name="item">The thing.</param>
    /// <param name="changes">The members and their new values.</param>
    /// <param name="old">Makes what the event says about what was before; <see langword="null"/> says nothing.</param>
    public JsonObject Change(JsonObject item, IEnumerable<KeyValuePair<string, JsonNode?>> changes, Func<JsonObject, JsonObject>? old = null)
    {
        var before = new JsonObject();
        foreach (var (member, value) in changes.OrderBy(change => change.Key, StringComparer.Ordinal))
        {
            if (JsonNode.DeepEquals(item[member], value)) continue;
            before[member] = item[member]?.DeepClone();
            item[member] = value?.DeepClone();
        }

        if (before.Count == 0) return item;
        item["modified_at"] = Stamp();
        Tell("update", item, old?.Invoke(before));
        return item;
    }

    public void Remove(JsonObject item)
    {
        _items.Remove(item);
        Tell("remove", item);
    }

    /// <summary>Puts all things into this order.</summary>
    public void Order(IReadOnlyList<string> ids)
    {
        if (ids.Count != _items.Count || !ids.All(id => Find(id) is not null) || ids.Distinct().Count() != ids.Count)
            throw Errors.InvalidFormat($"The {name}_ids list must contain all existing {name} IDs exactly once");
        var ordered = ids.Select(id => Find(id)!).ToArray();
        _items.Clear();
        _items.AddRange(ordered);
        Fire(new JsonObject { ["action"] = "reorder", [key] = null });
    }

    public void Fire(JsonObject data) => house.Bus.Fire(HouseEvent.Of($"{name}_registry_updated", data, house.NewContext(), house.Now));

    private void Tell(string action, JsonObject item, JsonObject? changes = null)
    {
        var data = new JsonObject { ["action"] = action };
        if (scope is { } given) data[given.Name] = given.Value;
        data[eventKey ?? key] = item[key]!.DeepClone();
        if (changes is not null) data["changes"] = changes;
        Fire(data);
    }

    private JsonNode? Stamp() => JsonNode.Parse(PythonText.Number(IsoTime.Epoch(house.Now)));
}
