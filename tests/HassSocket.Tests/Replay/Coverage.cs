using System.Globalization;
using System.Text;

namespace HassSocket.Tests.Replay;

/// <summary>Tells what became of the lines of recordings: <c>tests/Recordings/coverage.md</c>.</summary>
internal static class Coverage
{
    /// <summary>Recordings about what no well-behaved client sends; they do not count for the share of calls.</summary>
    private static readonly string[] AboutMisuse = ["frame-errors", "id-rules", "auth-malformed"];

    private static readonly Verdict[] OfAsked = [Verdict.Called, Verdict.Itself, Verdict.Shared, Verdict.Cut, Verdict.CannotSend];
    private static readonly Verdict[] OfSaid = [Verdict.Fed, Verdict.Shared, Verdict.Cut];
    private static readonly Verdict[] OfOthers = [Verdict.CloseFrame, Verdict.Http, Verdict.Note];

    private const string Introduction = """
        # What the recordings cover

        This page is written by the tests: `CoverageReplayTests` replays every recording and compares the page with what it found.
        When it differs, the test writes `coverage.md.received` beside it.

        What became of a line of the recorded client (`>`):

        - **called**: it became a call of the public API, and ended exactly as recorded;
        - **itself**: the client says this without being asked to (`auth`, its first `supported_features`); compared by shape;
        - **shared**: about a subscription that another consumer has on the wire already; matched to that one;
        - **cut**: the recorder kept only the beginning of the text;
        - **cannot send**: no call makes the client send this (ids that do not grow, no JSON, no id, no type, commands before a login that fails).

        And of a line of the recorded server (`<`): **fed** to the client, **shared** (not fed twice) or **cut**.
        The other lines are **close** frames and ends of sockets, **HTTP** exchanges beside the socket, and **notes** (opened, refused, ping frames, remarks).


        """;

    public static string Write(IReadOnlyList<Replay> replays)
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        page.Append("| recording | > called | itself | shared | cut | cannot send | < fed | shared | cut | close | HTTP | notes |\n");
        page.Append("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var replay in replays) Row(page, replay.Recording.Name, [replay]);
        Row(page, "**all**", replays);
        var (calls, share) = ShareOfCalls(replays);
        page.Append(CultureInfo.InvariantCulture, $"\nOutside of {string.Join(", ", AboutMisuse.Select(name => $"`{name}`"))}, ");
        page.Append(CultureInfo.InvariantCulture, $"{share:0.0} % of the lines that a client sends on demand are calls ({calls:N0} lines).\n");
        Skipped(page, replays);
        return page.ToString();
    }

    /// <summary>How many lines are calls, and which percentage of those that are not skipped for a reason of the list.</summary>
    public static (int Calls, double Share) ShareOfCalls(IEnumerable<Replay> replays)
    {
        var lines = replays.Where(replay => !AboutMisuse.Contains(replay.Recording.Scenario)).SelectMany(replay => replay.Verdicts)
            .Where(pair => pair.Key.Kind == LineKind.Asked).ToList();
        var calls = lines.Count(pair => pair.Value == Verdict.Called);
        var others = lines.Count(pair => pair.Value is Verdict.CannotSend or Verdict.Unclassified);
        return (calls, 100.0 * calls / (calls + others));
    }

    private static void Row(StringBuilder page, string name, IReadOnlyList<Replay> replays)
    {
        page.Append(CultureInfo.InvariantCulture, $"| {name} |");
        foreach (var verdict in OfAsked) Cell(page, replays, verdict, LineKind.Asked);
        foreach (var verdict in OfSaid) Cell(page, replays, verdict, LineKind.Said);
        foreach (var verdict in OfOthers) Cell(page, replays, verdict, null);
        page.Append('\n');
    }

    private static void Cell(StringBuilder page, IReadOnlyList<Replay> replays, Verdict verdict, LineKind? kind)
    {
        var count = replays.Sum(replay => replay.Verdicts.Count(pair => pair.Value == verdict && (kind is null || pair.Key.Kind == kind)));
        page.Append(CultureInfo.InvariantCulture, $" {(count == 0 ? "" : count)} |");
    }

    private static void Skipped(StringBuilder page, IReadOnlyList<Replay> replays)
    {
        page.Append("\n## Lines that cannot be sent\n\n");
        foreach (var replay in replays.Where(replay => !AboutMisuse.Contains(replay.Recording.Scenario)))
        {
            foreach (var (line, _) in replay.Verdicts.Where(pair => pair is { Key.Kind: LineKind.Asked, Value: Verdict.CannotSend }).OrderBy(pair => pair.Key.Number))
                page.Append(CultureInfo.InvariantCulture, $"- {replay.Recording.Name}, line {line.Number}: `{Beginning(line.Text)}`\n");
        }
    }

    private static string Beginning(string? text) =>
        text is null ? "(binary)" : text.Length == 0 ? "(empty)" : text.Length <= 100 ? text : text[..100] + "…";
}
