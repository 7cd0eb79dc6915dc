namespace HassSocket.Benchmarks.Comparison;

/// <summary>One figure of all measures, by their turns.</summary>
internal sealed class Series(IReadOnlyDictionary<int, double> byTurn)
{
    private readonly IReadOnlyDictionary<int, double> _byTurn = byTurn;

    /// <summary>Its median, the smallest and the largest; <see langword="null"/> when nothing was measured.</summary>
    public Spread? Spread { get; } = Comparison.Spread.Of(byTurn.Values);

    public double? Median => Spread?.Median;

    /// <summary>How it stands to another: the median of the ratios of all turns, since what slows the machine down slows both of a turn.</summary>
    public double? Over(Series other) => Comparison.Spread.Of(
        _byTurn.Where(one => other._byTurn.GetValueOrDefault(one.Key) > 0).Select(one => one.Value / other._byTurn[one.Key]))?.Median;
}
