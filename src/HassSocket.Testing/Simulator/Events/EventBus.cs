namespace HassSocket.Testing.Simulator;

/// <summary>Brings every event to those who listen for its type, or for all.</summary>
internal sealed class EventBus
{
    public const string All = "*";

    private readonly List<(string Type, Action<HouseEvent> Take)> _listeners = [];
    private readonly Queue<HouseEvent> _fired = [];
    private bool _isTelling;

    /// <summary>Tells an event to all who listen; one that a listener fires waits until the others have heard the first.</summary>
    public void Fire(HouseEvent fired)
    {
        _fired.Enqueue(fired);
        if (_isTelling) return;
        _isTelling = true;
        try
        {
            while (_fired.TryDequeue(out var next)) Tell(next);
        }
        finally
        {
            _isTelling = false;
        }
    }

    /// <summary>Listens until the returned action is called.</summary>
    public Action Listen(string type, Action<HouseEvent> take)
    {
        var listener = (type, take);
        _listeners.Add(listener);
        return () => _listeners.Remove(listener);
    }

    private void Tell(HouseEvent fired)
    {
        foreach (var (type, take) in _listeners.ToArray())
        {
            if (type == All || type == fired.Type) take(fired);
        }
    }
}
