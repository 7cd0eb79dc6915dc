namespace HassSocket.Testing.Simulator;

/// <summary>Gathers what happens for a moment, and tells it together.</summary>
internal sealed class Gathered<T>(House house, TimeSpan time, Action<IReadOnlyList<T>> tell)
{
    private readonly List<T> _items = [];
    private bool _hasEnded;

    public void Add(T item)
    {
        _items.Add(item);
        if (_items.Count == 1) house.After(time, () => house.Ticks.Run(Tell));
    }

    public void End() => _hasEnded = true;

    private void Tell()
    {
        if (_hasEnded) return;
        var items = _items.ToArray();
        _items.Clear();
        tell(items);
    }
}
