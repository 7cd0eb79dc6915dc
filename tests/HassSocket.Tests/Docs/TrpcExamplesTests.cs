using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Docs;

/// <summary>The examples about tRPC as a newcomer runs them, in a terminal of 80 columns.</summary>
public sealed class TrpcExamplesTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("1")] // a server in the program
    [InlineData(null)] // the one on Node, where that is there
    public async Task The_console_tells_its_whole_story_and_ends_well(string? fake)
    {
        await using var program = Start("03-TrpcConsole", "TrpcConsole", fake);

        var (exitCode, output) = await program.EndAsync(Guard);

        Assert.True(exitCode == 0, output);
        foreach (var part in new[] { "1. Connect", "2. Ask a query", "3. Run a mutation", "BAD_REQUEST, text: must not be empty", "code 1012", "6. Summary", "2 notices heard, 0 of them twice; 1 refused" })
            Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.Contains("A tRPC server", output, StringComparison.Ordinal);
        if (fake is not null) Assert.Contains("A tRPC server in this program", output, StringComparison.Ordinal);
        AssertFits(output);
    }

    [Fact]
    public async Task With_watch_the_console_waits_for_lines()
    {
        await using var program = Start("03-TrpcConsole", "TrpcConsole", "1", "--watch");

        var told = new List<string>();
        while (!told.Exists(line => line.Contains("Type a line", StringComparison.Ordinal)))
            told.Add(await program.LineAsync(Guard) ?? throw new InvalidOperationException(string.Join('\n', told)));

        Assert.DoesNotContain(told, line => line.Contains("Summary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_board_survives_a_cut_line_and_a_reconnect_and_ends_well()
    {
        await using var program = Start("04-HomarrBoard", "HomarrBoard", null);

        var (exitCode, output) = await program.EndAsync(Guard);

        Assert.True(exitCode == 0, output);
        foreach (var widget in new[] { "Desk lamp", "Server", "Cron job", "Download", "Notification" })
            Assert.Contains($"│ {widget}", output, StringComparison.Ordinal);
        Assert.Contains("over 3 connections. Notifications are tracked: 0 lost or doubled.", output, StringComparison.Ordinal);
        AssertFits(output);
    }

    [Theory]
    [InlineData("03-TrpcConsole")]
    [InlineData("04-HomarrBoard")]
    public void The_programs_are_short_enough_to_be_read(string folder) =>
        Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "examples", folder, "Program.cs")).Count(), 1, 60);

    private static void AssertFits(string output) => Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));

    private static OtherProgram Start(string folder, string assembly, string? fake, params string[] arguments) => OtherProgram.Start(
        $"examples/{folder}",
        assembly,
        new Dictionary<string, string?> { ["TRPC_CONSOLE_FAKE"] = fake, ["NO_COLOR"] = "1", ["TERM"] = "dumb" },
        arguments);
}
