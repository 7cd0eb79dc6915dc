using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Acceptance;

/// <summary>The acceptance list judges the simulator as it would judge any server: over a socket, from process to process.</summary>
public sealed class AcceptanceListTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_list_holds_for_the_simulator_in_another_process()
    {
        await using var house = OtherProgram.Start("tests/HassSocket.Benchmarks", "HassSocket.Benchmarks", new Dictionary<string, string?>(), "serve", "--minutes", "10");
        await using var list = OtherProgram.Start("tests/HassSocket.Live", "HassSocket.Live", await DoorsAsync(house), "--restart", "--allow-failed-login");

        var (exitCode, output) = await list.EndAsync(Guard);

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"\n(\d{2,}) passed, 0 failed, 0 skipped\n$", output.ReplaceLineEndings("\n"));
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
