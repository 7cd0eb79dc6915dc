using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Acceptance;

/// <summary>The acceptance list judges the simulator as it would judge any server: over a socket, from process to process.</summary>
public sealed class AcceptanceListTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(5);

    // What a real server does and the simulator does not do yet, by the beginnings of the checks that show it.
    private static readonly string[] NotSimulated =
    [
        "error template_error", "error invalid_info", "error invalid_start_time", "one request, two answers", "a subscription that is refused",
        "entities: added", "trigger on a number", "trigger on a template", "triggers on time", "condition", "a wrong condition", "a condition",
        "a template", "a script", "a slow script", "a caller who gives up", "an ordinary user is refused", "pause and resume: commands",
        "a forced drop: what was on its way", "a wrong token",
    ];

    [Fact]
    public async Task The_list_holds_for_the_simulator_in_another_process()
    {
        await using var house = OtherProgram.Start("tests/HassSocket.Benchmarks", "HassSocket.Benchmarks", new Dictionary<string, string?>(), "serve", "--minutes", "10");
        await using var list = OtherProgram.Start("tests/HassSocket.Live", "HassSocket.Live", await DoorsAsync(house), "--restart", "--allow-failed-login");

        var (exitCode, output) = await list.EndAsync(Guard);

        Assert.True(exitCode is 0 or 1, output);
        Assert.Matches(@"\n(\d{2,}) passed, \d+ failed, 0 skipped\n$", output.ReplaceLineEndings("\n"));
        var failed = output.Split('\n').Where(line => line.Contains("... failed", StringComparison.Ordinal)).Select(line => line[3..]);
        Assert.All(failed, line => Assert.True(Array.Exists(NotSimulated, name => line.StartsWith(name, StringComparison.Ordinal)), line));
    }

    // The house tells its address and its tokens, a line each, then an empty line.
    private static async Task<IReadOnlyDictionary<string, string?>> DoorsAsync(OtherProgram house)
    {
        var doors = new Dictionary<string, string?>();
        while (await house.LineAsync(Guard) is { Length: > 0 } line)
        {
            var name = line.Split('=', 2)[0];
            doors[name] = line[(name.Length + 1)..];
        }

        Assert.NotEmpty(doors);
        return doors;
    }
}
