namespace HassSocket.Endurance.Fuzz;

/// <summary>How often calls ended in which way.</summary>
internal sealed class Outcomes
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Count(Exception? error)
    {
        var name = error?.GetType().Name ?? "result";
        _counts[name] = _counts.GetValueOrDefault(name) + 1;
    }

    public void Add(Outcomes others)
    {
        foreach (var (name, count) in others._counts) _counts[name] = _counts.GetValueOrDefault(name) + count;
    }

    public override string ToString() => string.Join(", ", _counts.Select(pair => $"{pair.Key} {pair.Value:N0}"));
}
