namespace HassSocket.Testing.Simulator;

/// <summary>Brings every event to those who listen for its type, or for all.</summary>
internal sealed class EventBus
{
    public const string All = "*";

    private readonly List<(string Type, Action<HouseEvent> Take)> _listeners = [];

    public void Fire(HouseEvent fired)
    {
        foreach (var (type, take) in _listeners.ToArray())
        {
            if (type == All || type == fired.Type) take(fired);
        }
    }

    /// <summary>Listens until the returned action is called.</summary>
    public Action Listen(string type, Action<HouseEvent> take)
    {
        var listener = (type, take);
        _listeners.Add(listener);
        return () => _listeners.Remove(listener);
    }
}
