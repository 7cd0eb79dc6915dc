namespace HassSocket.Benchmarks.Comparison;

/// <summary>The median of a few rounds, the smallest and the largest.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    public static Spread? Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : new Spread(sorted[sorted.Count / 2], sorted[0], sorted[^1]);
    }
}
