using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The to-do lists of the house; the state of each entity is how much there is to do.</summary>
internal sealed class TodoLists(House house)
{
    private readonly Dictionary<string, List<JsonObject>> _lists = [];
    private readonly List<(string EntityId, Action<IReadOnlyList<JsonObject>> Take)> _listeners = [];

    public bool Exists(string? entityId) => entityId is not null && entityId.StartsWith("todo.", StringComparison.Ordinal) && house.States.Find(entityId) is not null;

    public IReadOnlyList<JsonObject> Of(string entityId) => ListOf(entityId);

    /// <summary>An item by its uid or its text.</summary>
    public JsonObject? Find(string entityId, string item) =>
        ListOf(entityId).Find(one => one["uid"].Text() == item) ?? ListOf(entityId).Find(one => one["summary"].Text() == item);

    public void Add(string entityId, JsonObject item, SimulatedContext context)
    {
        item["uid"] = NewUid();
        ListOf(entityId).Add(item);
        Tell(entityId, context);
    }

    public void Remove(string entityId, Predicate<JsonObject> which, SimulatedContext context)
    {
        if (ListOf(entityId).RemoveAll(which) > 0) Tell(entityId, context);
    }

    /// <summary>Puts an item behind another one, or first.</summary>
    public void Move(string entityId, JsonObject item, JsonObject? previous)
    {
        var list = ListOf(entityId);
        var before = list.ToArray();
        list.Remove(item);
        list.Insert(previous is null ? 0 : list.IndexOf(previous) + 1, item);
        if (!before.SequenceEqual(list)) Tell(entityId, house.NewContext());
    }

    /// <summary>An item has become different.</summary>
    public void Tell(string entityId, SimulatedContext context)
    {
        var list = ListOf(entityId);
        foreach (var (_, take) in _listeners.Where(listener => listener.EntityId == entityId).ToArray()) take(list);
        if (house.States.Find(entityId) is not { } state) return;
        var open = list.Count(item => item["status"].Text() == "needs_action");
        house.States.Set(entityId, open.ToString(System.Globalization.CultureInfo.InvariantCulture), state.Attributes.DeepClone().AsObject(), context);
    }

    /// <summary>Listens until the returned action is called.</summary>
    public Action Listen(string entityId, Action<IReadOnlyList<JsonObject>> take)
    {
        var listener = (entityId, take);
        _listeners.Add(listener);
        return () => _listeners.Remove(listener);
    }

    private List<JsonObject> ListOf(string entityId)
    {
        if (!_lists.TryGetValue(entityId, out var list)) _lists[entityId] = list = [];
        return list;
    }

    private string NewUid()
    {
        var bytes = new byte[16];
        house.Options.Random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
