namespace HassSocket.Trpc.Tests.Replay;

/// <summary>What of a recording was replayed, and what was not, and why.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public void Count(string what, int times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Add(Tally other)
    {
        foreach (var (what, times) in other.Counts) Count(what, times);
    }

    public int Sum(string beginning) => _counts.Where(one => one.Key.StartsWith(beginning, StringComparison.Ordinal)).Sum(one => one.Value);
}
