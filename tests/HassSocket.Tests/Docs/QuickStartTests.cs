using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Docs;

/// <summary>The quick start as a newcomer runs it, in a terminal of 80 columns.</summary>
public sealed class QuickStartTests
{
    private const string Folder = "examples/01-QuickStart";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task The_quick_start_tells_its_whole_story_and_ends_well()
    {
        await using var program = Start();

        var (exitCode, output) = await program.EndAsync(Guard);

        Assert.True(exitCode == 0, output);
        foreach (var chapter in new[] { "1. Connect", "2. Call a service", "3. Fire an event", "4. Pause", "5. Lose", "6. Send too much", "7. Summary" })
            Assert.Contains(chapter, output, StringComparison.Ordinal);
        Assert.Contains("this house is a simulated one", output, StringComparison.Ordinal);
        Assert.Contains("2 connections", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Fact]
    public async Task With_watch_the_story_goes_on()
    {
        await using var program = Start("--watch");

        var told = new List<string>();
        while (told.Count(line => line.Contains("sensor.outside_temperature", StringComparison.Ordinal)) < 2)
            told.Add(await program.LineAsync(Guard) ?? throw new InvalidOperationException(string.Join('\n', told)));

        Assert.Contains(told, line => line.Contains("7. Watch", StringComparison.Ordinal));
        Assert.DoesNotContain(told, line => line.Contains("Summary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_is_told_in_a_sentence_instead_of_a_stack_trace()
    {
        await using var program = StartFor("http://127.0.0.1:1");

        var (exitCode, output) = await program.EndAsync(Guard);

        Assert.Equal(1, exitCode);
        Assert.Contains("HASS_SERVER is set, but HASS_TOKEN is not.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_story_is_short_enough_to_be_read()
    {
        Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, Folder, "Program.cs")).Count(), 1, 60);
    }

    private static OtherProgram Start(params string[] arguments) => StartFor(server: null, arguments);

    private static OtherProgram StartFor(string? server, params string[] arguments) => OtherProgram.Start(
        Folder,
        "QuickStart",
        new Dictionary<string, string?> { ["HASS_SERVER"] = server, ["HASS_TOKEN"] = null, ["NO_COLOR"] = "1", ["TERM"] = "dumb" },
        arguments);
}
