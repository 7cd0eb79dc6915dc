namespace HassSocket.Testing.Simulator;

/// <summary>What a client subscribed to on one connection, and how each of it is ended.</summary>
internal sealed class ServerSubscriptions
{
    private readonly Dictionary<ulong, Action> _stops = [];

    public int Count => _stops.Count;

    public void Add(ulong id, Action stop) => _stops[id] = stop;

    public bool End(ulong id)
    {
        if (!_stops.Remove(id, out var stop)) return false;
        stop();
        return true;
    }

    public void EndAll()
    {
        foreach (var stop in _stops.Values) stop();
        _stops.Clear();
    }
}
