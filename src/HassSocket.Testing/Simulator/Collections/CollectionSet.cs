using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>What users have made themselves, kind by kind, and the entities that show it.</summary>
internal sealed class CollectionSet(House house)
{
    private readonly Dictionary<string, List<JsonObject>> _items = [];
    private readonly List<(string Domain, Action<string, JsonObject> Take)> _listeners = [];

    public IReadOnlyList<JsonObject> Of(CollectionKind kind) => ItemsOf(kind);

    public JsonObject? Find(CollectionKind kind, string? id) => ItemsOf(kind).Find(item => item["id"].Text() == id);

    public JsonObject Add(CollectionKind kind, JsonObject given)
    {
        var id = given["tag_id"].Text() ?? RegistryNames.FreeSlug(given["name"].Text() ?? "", slug => Find(kind, slug) is not null);
        given.Remove("tag_id");
        var item = kind.Item(id, given);
        ItemsOf(kind).Add(item);
        Tell(kind, "added", item);
        if (kind.State is { } state)
        {
            var entityId = $"{kind.Domain}.{id}";
            var entry = EntityEntry.New(house, entityId, kind.Domain, id, item["name"].Text()!);
            entry["options"]!["collection"] = new JsonObject { ["hash"] = EntityEntry.NewId(house.Options.Random) };
            NoteOriginals(entry, item);
            house.Storage.Registries.Entities.Add(entry);
            house.States.Set(entityId, state(item), kind.Attributes(item), house.NewContext());
        }

        return item;
    }

    public JsonObject Change(CollectionKind kind, JsonObject item, JsonObject given)
    {
        var all = kind.KeepsTheRest ? item.DeepClone().AsObject() : [];
        all.Remove("id");
        foreach (var (name, value) in given) all[name] = value?.DeepClone();
        var changed = kind.Item(item["id"].Text()!, all);
        ItemsOf(kind)[ItemsOf(kind).IndexOf(item)] = changed;
        Tell(kind, "updated", changed);
        if (Entry(kind, changed) is { } entry)
        {
            NoteOriginals(entry, changed);

            // Nobody acted on the entity: it still carries the context of whoever did last.
            if (house.States.Find(entry["entity_id"].Text()!) is { } state)
                house.States.Set(state.EntityId, state.State, kind.Attributes(changed), state.Context);
        }

        return changed;
    }

    public void Remove(CollectionKind kind, JsonObject item)
    {
        var entry = Entry(kind, item);
        ItemsOf(kind).Remove(item);
        Tell(kind, "removed", item);
        if (entry is null) return;
        house.Storage.Registries.Entities.Remove(entry);
        house.States.Remove(entry["entity_id"].Text()!, house.NewContext());
    }

    /// <summary>Listens for changes of a kind until the returned action is called.</summary>
    public Action Listen(CollectionKind kind, Action<string, JsonObject> take)
    {
        var listener = (kind.Domain, take);
        _listeners.Add(listener);
        return () => _listeners.Remove(listener);
    }

    /// <summary>The entry of an item's entity, whatever its id has become.</summary>
    private JsonObject? Entry(CollectionKind kind, JsonObject item) => house.Storage.Registries.Entities.All.FirstOrDefault(entry =>
        kind.State is not null && entry["platform"].Text() == kind.Domain && entry["unique_id"].Text() == item["id"].Text());

    /// <summary>The registry remembers what the item calls itself; an icon that went away stays there.</summary>
    private static void NoteOriginals(JsonObject entry, JsonObject item)
    {
        entry["original_name"] = item["name"]?.DeepClone();
        if (item["icon"] is { } icon) entry["original_icon"] = icon.DeepClone();
    }

    private List<JsonObject> ItemsOf(CollectionKind kind)
    {
        if (!_items.TryGetValue(kind.Domain, out var items)) _items[kind.Domain] = items = [];
        return items;
    }

    private void Tell(CollectionKind kind, string change, JsonObject item)
    {
        foreach (var (domain, take) in _listeners.ToArray())
        {
            if (domain == kind.Domain) take(change, item);
        }
    }
}
