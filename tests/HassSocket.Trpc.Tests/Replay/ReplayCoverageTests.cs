using System.Text;
using Xunit;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>What the replay covers is written down, and compared: a line that is left out is left out on purpose.</summary>
public sealed class ReplayCoverageTests
{
    private static readonly string File = Path.Combine(Recording.Folder, "coverage.md");

    [Fact]
    public async Task What_is_replayed_of_the_recordings_and_what_not_is_as_written_down()
    {
        var actual = await DescribeAsync();
        var written = System.IO.File.Exists(File) ? await System.IO.File.ReadAllTextAsync(File) : "";
        if (actual == written.ReplaceLineEndings("\n")) return;

        await System.IO.File.WriteAllTextAsync(File + ".received", actual);
        var changed = actual.Split('\n').Except(written.Split('\n')).Take(20);
        Assert.Fail($"The coverage has changed. If that is meant, rename coverage.md.received to coverage.md.\n{string.Join('\n', changed)}");
    }

    private static async Task<string> DescribeAsync()
    {
        var all = new Tally();
        var page = new StringBuilder("# What the replay covers\n\nWritten by `ReplayCoverageTests`. Connections are replayed one by one; a message of the recorded client is *alike*\nwhen ours sends the same, and *otherwise* when ours would never send it.\n\n");
        page.Append("| recording | connections | asked alike | asked otherwise | said | left out |\n|---|---|---|---|---|---|\n");
        foreach (var path in Recording.Committed)
        {
            var recording = Recording.Load(path);
            var tally = new Tally();
            await RecordingReplayTests.ReplayAsync(recording, tally);
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {recording} | {recording.Connections.Count()} | {tally.Sum("asked alike")} | {tally.Sum("asked otherwise")} | {tally.Sum("said: ")} | {tally.Sum("left out") + tally.Sum("said, but")} |\n");
            all.Add(tally);
        }

        page.Append("\n| in all | times |\n|---|---|\n");
        foreach (var (what, times) in all.Counts) page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {what} | {times} |\n");
        return page.ToString();
    }
}
