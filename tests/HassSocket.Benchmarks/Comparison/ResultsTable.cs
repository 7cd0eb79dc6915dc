using System.Globalization;
using System.Text;
using HassSocket.Benchmarks.Contenders;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>Results as Markdown, for the screen and for the page in docs.</summary>
internal static class ResultsTable
{
    private const string Begin = "<!-- results: written by the runner -->";
    private const string BeginTrpc = "<!-- results of tRPC: written by the runner -->";
    private const string End = "<!-- end of results -->";
    private static readonly (string Contender, string Name)[] Names = [("minimal", "minimal loop"), ("sdk", "HassSocket"), ("js", "JavaScript client")];

    public static string Write(Results results)
    {
        var text = new StringBuilder();
        Line(text, $"Measured {DateTime.UtcNow:yyyy-MM-dd} on {Machine.Describe()}, {results.Rounds} rounds, contenders in turns; medians, in brackets the spread.");
        if (JavaScript.WhyNot(results.IsTrpc) is { } why) Line(text, $"Without the official JavaScript client: {why}.");
        Line(text, $"");
        WriteTargets(text, results);
        WriteWorks(text, results);
        foreach (var failure in results.Failures) Line(text, $"Does not count: {failure}");
        return text.ToString();
    }

    /// <summary>Replaces the results that stand in a page.</summary>
    public static void PutInto(string file, string table, bool isTrpc)
    {
        var page = File.ReadAllText(file);
        var mark = isTrpc ? BeginTrpc : Begin;
        var begin = page.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        var end = begin < mark.Length ? -1 : page.IndexOf(End, begin, StringComparison.Ordinal);
        if (end < 0) throw new InvalidOperationException($"{file} has no place for results: \"{mark}\" … \"{End}\".");
        File.WriteAllText(file, $"{page[..begin]}\n\n{table.Trim()}\n\n{page[end..]}");
    }

    private static void WriteTargets(StringBuilder text, Results results)
    {
        Line(text, $"| target | limit | measured | |");
        Line(text, $"|---|---|---|---|");
        foreach (var target in Target.All)
        {
            if (target.Measure(results) is not { } measured) continue;
            Line(text, $"| {target.What} | {(target.IsAtLeast ? "at least" : "at most")} {target.Limit:#,0.##} | {measured:#,0.##} | {(target.IsMetBy(measured) ? "met" : "**not met**")} |");
        }

        Line(text, $"");
    }

    private static void WriteWorks(StringBuilder text, Results results)
    {
        var against = results.IsTrpc ? "JavaScript" : "minimal";
        Line(text, $"| work | with | a second | of {against} | CPU µs each | of {against} | p50 µs | B each | memory MB |");
        Line(text, $"|---|---|---|---|---|---|---|---|---|");
        foreach (var work in results.Works)
        {
            foreach (var (contender, name) in Names)
            {
                if (results.Of(contender, work.Name).Count > 0) WriteRow(text, results, work, contender, name);
            }
        }
    }

    private static void WriteRow(StringBuilder text, Results results, Work work, string contender, string name)
    {
        var (rate, cpu) = (results.Rate(contender, work), results.Cpu(contender, work));
        var least = results.IsTrpc ? "js" : "minimal";
        var (ofRate, ofCpu) = contender == least ? (null, null) : (rate.Over(results.Rate(least, work)), cpu.Over(results.Cpu(least, work)));
        Line(
            text,
            $"""
            | {work.What} | {name} | {Show(rate, "#,0")} | {ofRate:0.00} | {Show(cpu, "#,0.00")} | {ofCpu:0.00} | {Show(results.Median(contender, work), "#,0.0")} | {results.Bytes(contender, work).Median:#,0} | {results.Memory(contender, work).Median:#,0} |
            """);
    }

    private static string Show(Series series, string format) => series.Spread is not { } one
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{one.Median.ToString(format, CultureInfo.InvariantCulture)} ({one.Least.ToString(format, CultureInfo.InvariantCulture)}–{one.Most.ToString(format, CultureInfo.InvariantCulture)})");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
