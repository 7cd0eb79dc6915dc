using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The notifications that stay until somebody dismisses them.</summary>
internal sealed class NotificationBoard
{
    private readonly House _house;
    private readonly OrderedDictionary<string, JsonObject> _all = [];
    private readonly List<Action<string, JsonObject>> _listeners = [];

    public NotificationBoard(House house, JsonArray seed)
    {
        _house = house;
        foreach (var notification in seed) _all[notification!["notification_id"].Text()!] = notification.DeepClone().AsObject();
    }

    public IEnumerable<JsonObject> All => _all.Values;

    /// <summary>Pins one to the board, or replaces the one with this id.</summary>
    public void Create(string message, string? title, string? id)
    {
        id ??= EntityEntry.NewId(_house.Options.Random);
        var isNew = !_all.ContainsKey(id);
        _all[id] = new JsonObject
        {
            ["message"] = message,
            ["notification_id"] = id,
            ["title"] = title,
            ["created_at"] = IsoTime.Of(_house.Now),
        };
        Tell(isNew ? "added" : "updated", _all[id]);
    }

    public void Dismiss(string id)
    {
        if (_all.Remove(id, out var gone)) Tell("removed", gone);
    }

    public void DismissAll()
    {
        foreach (var id in _all.Keys.ToArray()) Dismiss(id);
    }

    /// <summary>Listens until the returned action is called.</summary>
    public Action Listen(Action<string, JsonObject> take)
    {
        _listeners.Add(take);
        return () => _listeners.Remove(take);
    }

    private void Tell(string type, JsonObject notification)
    {
        foreach (var listener in _listeners.ToArray()) listener(type, notification);
    }
}
