using System.Globalization;
using System.Text;

namespace HassSocket.Tests.Replay;

/// <summary>Tells with which servers the client was compared, and what differs between them: <c>docs/compatibility.md</c>.</summary>
internal static class Compatibility
{
    private const string Introduction = """
        # Compatibility

        ## About

        HassSocket speaks to Home Assistant 2024.3 and newer. What real servers and real clients said to each other was recorded, frame by frame, and
        every recording is replayed through the client by the tests: each call must end as recorded, each event must reach the subscription that asked
        for it, in order, and nothing else may happen. This page is written from those recordings by `CompatibilityReplayTests`.
        [What became of each line](../tests/Recordings/coverage.md) is counted beside them.

        ## Servers


        """;

    private const string Usage = """

        ## Your own server

        Recordings of another server are replayed as well when `HASS_RECORDINGS` names their folder (`.jsonl` or `.jsonl.gz`, one JSON object a line):

        ```sh
        HASS_RECORDINGS=/path/to/recordings dotnet test tests/HassSocket.Tests --filter FullyQualifiedName~Replay
        ```

        The [acceptance list](live.md) asks a living server instead.

        """;

    public static string Write(IReadOnlyList<Replay> replays)
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        Servers(page, replays);
        Clients(page, replays);
        Differences(page, replays);
        page.Append(Usage.ReplaceLineEndings("\n"));
        return page.ToString();
    }

    private static void Servers(StringBuilder page, IReadOnlyList<Replay> replays)
    {
        page.Append("| server | recordings | calls | messages of the server | scenarios |\n|---|--:|--:|--:|---|\n");
        foreach (var server in replays.GroupBy(replay => replay.Recording.Server).OrderByDescending(group => group.Key, StringComparer.Ordinal))
        {
            var scenarios = server.Select(replay => replay.Recording.MetaText("client") is { Length: > 0 } client
                ? $"{client}: {replay.Recording.Scenario}" : replay.Recording.Scenario);
            page.Append(CultureInfo.InvariantCulture, $"| {server.Key} | {server.Count()} | {Count(server, Verdict.Called):N0} | ");
            page.Append(CultureInfo.InvariantCulture, $"{Count(server, Verdict.Fed):N0} | {string.Join(", ", scenarios.Order(StringComparer.Ordinal))} |\n");
        }
    }

    private static void Clients(StringBuilder page, IReadOnlyList<Replay> replays)
    {
        page.Append("\n## Clients whose conversations were replayed\n\n| client | version | server | recordings |\n|---|---|---|--:|\n");
        var clients = replays.Where(replay => replay.Recording.MetaText("client").Length > 0)
            .GroupBy(replay => (Client: replay.Recording.MetaText("client"), Version: replay.Recording.MetaText("version"), replay.Recording.Server));
        foreach (var client in clients.OrderBy(group => group.Key.Client, StringComparer.Ordinal))
            page.Append(CultureInfo.InvariantCulture, $"| {client.Key.Client} | {client.Key.Version} | {client.Key.Server} | {client.Count()} |\n");
    }

    // The same command in the same scenario, answered differently by another version.
    private static void Differences(StringBuilder page, IReadOnlyList<Replay> replays)
    {
        page.Append("\n## What differs\n\nThe same command, asked in the same scenario, is answered differently by these versions. ");
        page.Append("The server of 2025.3 was only partly loaded when it was recorded: `light` and `weather` were missing.\n\n");
        page.Append("| scenario | command | answers |\n|---|---|---|\n");
        foreach (var scenario in replays.Where(replay => replay.Recording.MetaText("client").Length == 0).GroupBy(replay => replay.Recording.Scenario))
        {
            if (scenario.Count() < 2) continue;
            var answers = scenario.SelectMany(replay => Answers(replay.Recording).Select(one => (replay.Recording.Server, one.Command, one.Answer)));
            foreach (var command in answers.GroupBy(one => one.Command).Where(group => group.Select(one => one.Answer).Distinct().Count() > 1))
            {
                var told = command.OrderByDescending(one => one.Server, StringComparer.Ordinal).Select(one => $"{one.Server.Split(' ')[^1]}: {one.Answer}").Distinct();
                page.Append(CultureInfo.InvariantCulture, $"| {scenario.Key} | `{Beginning(command.Key)}` | {string.Join("; ", told)} |\n");
            }
        }
    }

    private static IEnumerable<(string Command, string Answer)> Answers(Recording recording)
    {
        var asked = new Dictionary<(int, string), string>();
        var seen = new HashSet<string>();
        foreach (var line in recording.Lines.Where(line => line is { IsCut: false, Text: not null }))
        {
            foreach (var item in Message.TryParse(line.Text!)?.Items ?? [])
            {
                if (item.Id is not { } id || item.Type == "unsubscribe_events") continue;
                if (line.Kind == LineKind.Asked) asked.TryAdd((line.Connection, id), CommandOf(item));
                else if (item.IsAnswer && asked.TryGetValue((line.Connection, id), out var command) && seen.Add($"{line.Connection}/{command}"))
                    yield return ($"{line.Connection}. {command}", item.IsRefusal ? item.ErrorCode ?? "refused" : "ok");
            }
        }
    }

    private static string CommandOf(Item item) => item.Json.GetRawText().Replace($"\"id\":{item.Id},", "", StringComparison.Ordinal);

    private static string Beginning(string command)
    {
        var text = command[(command.IndexOf(' ', StringComparison.Ordinal) + 1)..].Replace("|", "\\|", StringComparison.Ordinal);
        return text.Length <= 120 ? text : text[..120] + "…";
    }

    private static int Count(IEnumerable<Replay> replays, Verdict verdict) => replays.Sum(replay => replay.Verdicts.Values.Count(one => one == verdict));
}
