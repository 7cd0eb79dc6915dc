using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>What the house remembers about its entities, and how they are sorted.</summary>
internal sealed class RegistrySet
{
    private readonly House _house;
    private readonly Dictionary<string, Registry> _categories = [];

    public RegistrySet(House house, JsonObject seed)
    {
        _house = house;
        Areas = new Registry(house, "area", "area_id");
        Floors = new Registry(house, "floor", "floor_id");
        Labels = new Registry(house, "label", "label_id");
        Devices = new Registry(house, "device", "id", eventKey: "device_id");
        Entities = new Registry(house, "entity", "entity_id");
        if (house.Options.StartsEmpty) return;
        Areas.Seed(seed["areas"]!.AsArray());
        Floors.Seed(seed["floors"]!.AsArray());
        Devices.Seed(seed["devices"]!.AsArray());
        Entities.Seed(seed["entities"]!.AsArray());
    }

    public Registry Areas { get; }

    public Registry Floors { get; }

    public Registry Labels { get; }

    public Registry Devices { get; }

    public Registry Entities { get; }

    public Registry Categories(string scope)
    {
        if (!_categories.TryGetValue(scope, out var registry))
            _categories[scope] = registry = new Registry(_house, "category", "category_id", ("scope", scope));
        return registry;
    }

    /// <summary>Takes the id of something that is gone out of whatever refers to it.</summary>
    /// <param name="member">The member that refers: one id, or a list of them.</param>
    /// <param name="id">The id.</param>
    public void Forget(string member, string id)
    {
        foreach (var (registry, old) in (IEnumerable<(Registry, Func<JsonObject, JsonObject>?)>)[(Areas, null), (Devices, before => before), (Entities, EntityEntry.Old)])
        {
            foreach (var item in registry.All.Where(item => item[member].Texts().Contains(id)).ToArray())
            {
                JsonNode? rest = item[member] is JsonArray list ? new JsonArray([.. list.Where(one => one.Text() != id).Select(one => one?.DeepClone())]) : null;
                registry.Change(item, [new(member, rest)], old);
            }
        }
    }

    /// <summary>Gives an entity another id: its state moves along.</summary>
    public void Rename(JsonObject entry, string newId)
    {
        var oldId = entry["entity_id"].Text()!;
        entry["entity_id"] = newId;
        Entities.Fire(new JsonObject
        {
            ["action"] = "update",
            ["entity_id"] = newId,
            ["changes"] = new JsonObject { ["entity_id"] = oldId },
            ["old_entity_id"] = oldId,
        });
        if (_house.States.Find(oldId) is not { } state) return;
        _house.States.Remove(oldId, state.Context);
        _house.States.Set(newId, state.State, state.Attributes.DeepClone().AsObject(), state.Context);
    }
}
