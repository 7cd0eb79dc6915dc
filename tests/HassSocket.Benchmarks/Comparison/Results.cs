using HassSocket.Benchmarks.Contenders;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>All measurements of a comparison that count, and why others do not.</summary>
internal sealed class Results(IReadOnlyList<Work> works, int rounds)
{
    private readonly Dictionary<(string Contender, string Work), List<Measurement>> _measured = [];
    private readonly List<string> _failures = [];

    public IReadOnlyList<Work> Works => works;

    public int Rounds => rounds;

    /// <summary>Whether these are the works of tRPC.</summary>
    public bool IsTrpc => works.Count > 0 && works[0].IsTrpc;

    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Takes a measurement in, if its consumer received everything that the server sent.</summary>
    public void Add(string contender, Work work, int turn, Measurement? measured, (int Count, uint Hash)? sent)
    {
        if (measured is null) _failures.Add($"{contender}, {work.Name}: the client ended without a result.");
        else if (WhyNot(contender, work, measured, sent) is { } why) _failures.Add($"{contender}, {work.Name}: {why}");
        else Of(contender, work.Name).Add(measured with { Units = work.Units, Turn = turn });
    }

    public List<Measurement> Of(string contender, string work)
    {
        if (!_measured.TryGetValue((contender, work), out var all)) _measured[(contender, work)] = all = [];
        return all;
    }

    private static string? WhyNot(string contender, Work work, Measurement measured, (int Count, uint Hash)? sent)
    {
        if (measured.Drops != 0) return $"{measured.Drops:N0} events were dropped.";
        if (work.Kind is WorkKind.Calls or WorkKind.CallsInFlight)
            return measured.Count == work.Repeats ? null : $"{measured.Count:N0} answers came, not {work.Repeats:N0}.";
        if (work.Kind == WorkKind.Idle) return null;
        if (sent is not { } all) return "the server did not say what it sent.";
        if (measured.Count != all.Count) return $"{measured.Count:N0} of {all.Count:N0} came.";
        // A bare scan looks at no value, and many consumers have no common order.
        var isBlind = work.Kind == WorkKind.Subscriptions || (contender == "minimal" && work.Kind is WorkKind.States or WorkKind.Entities);
        return isBlind || measured.Hash == all.Hash ? null : "what came is not what was sent, or in another order.";
    }
}
