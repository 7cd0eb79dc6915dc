using System.Globalization;
using System.Text;
using Xunit;

namespace HassSocket.Tests.Simulator.Judge;

public sealed class JudgedTableTests
{
    private static readonly string TablePath = Path.Combine(Repository.Root, "tests", "Recordings", "simulator.md");

    [Fact]
    public async Task Table_of_what_is_judged_and_what_is_not_is_true()
    {
        var actual = await TableAsync();
        var written = File.Exists(TablePath) ? await File.ReadAllTextAsync(TablePath) : "";
        if (actual == written) return;

        await File.WriteAllTextAsync(TablePath + ".received", actual);
        Assert.Fail($"What is judged has changed. If that is meant, rename {TablePath}.received.\n" + string.Join('\n', actual.Split('\n').Except(written.Split('\n'))));
    }

    [Fact]
    public void Every_recording_is_judged_or_has_a_reason()
        => Assert.DoesNotContain(Recording.Names, name => !IsJudged(name) && Key(name) is null);

    [Fact]
    public void Every_reason_is_needed()
        => Assert.DoesNotContain(Scenarios.NotJudged.Keys, key => !Recording.Names.Any(name => Key(name) == key && !IsJudged(name)));

    private static bool IsJudged(string name) => Scenarios.Judged.Any(scenario => scenario.Name == name);

    /// <summary>The beginning of a name that has a reason.</summary>
    private static string? Key(string name)
        => Scenarios.NotJudged.Keys.Where(key => name.StartsWith(key, StringComparison.Ordinal)).MaxBy(key => key.Length);

    private static string Label(string key, int count) => count == 1 ? key : $"{key}* ({count})";

    private static async Task<string> TableAsync()
    {
        var text = new StringBuilder(
            """
            # What judges the simulator

            Written by a test. The client's part of each recording is played to a simulated house; what the house says is compared with what
            the real server said. Commands that are not known yet are left out, together with what answers them.

            | recording | commands | messages compared | not known yet | varies |
            |---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var scenario in Scenarios.Judged)
        {
            var verdict = await Trial.RunAsync(Recording.Read(scenario.Name), scenario);
            text.Append(CultureInfo.InvariantCulture, $"| {scenario.Name} | {verdict.Commands} | {verdict.Answers} | {Unknown(verdict)} | {Varies(scenario)} |\n");
        }

        text.Append("\n## Not judged\n\n| recording | why |\n|---|---|\n");
        var others = Recording.Names.Where(name => !IsJudged(name)).GroupBy(Key);
        foreach (var group in others) text.Append(CultureInfo.InvariantCulture, $"| {Label(group.Key!, group.Count())} | {Scenarios.NotJudged[group.Key!]} |\n");
        return text.ToString();
    }

    private static string Unknown(Verdict verdict) => string.Join(", ", verdict.Unknown
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => pair.Value == 1 ? $"`{pair.Key}`" : $"`{pair.Key}` ×{pair.Value}"));

    private static string Varies(Scenario scenario)
    {
        var values = scenario.Varies.Select(variation => $"`{variation.Path}`: {variation.Why}");
        string?[] others =
        [
            scenario.WhyOrderVaries is { } order ? $"order between commands: {order}" : null,
            scenario.WhyFramesVary is { } why ? $"messages in a frame: {why}" : null,
            scenario.Unread is { } connection ? $"connection {connection}: its answers were not recorded" : null,
        ];
        return string.Join("; ", values.Concat(others.OfType<string>()));
    }
}
