using System.Diagnostics;
using Xunit;

namespace HassSocket.Tests.Docs;

public sealed class QuickStartTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_quick_start_tells_its_whole_story_and_ends_well()
    {
        var (exitCode, output) = await RunAsync();

        Assert.True(exitCode == 0, output);
        foreach (var chapter in new[] { "1. Connect", "2. Call a service", "3. Fire an event", "4. Pause", "5. Lose", "6. Send too much", "7. Summary" })
            Assert.Contains(chapter, output, StringComparison.Ordinal);
        Assert.Contains("2 connections", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Fact]
    public void The_story_is_short_enough_to_be_read()
    {
        Assert.InRange(File.ReadLines(Path.Combine(Folder, "Program.cs")).Count(), 1, 60);
    }

    private static string Folder => Path.Combine(Repository.Root, "examples", "01-QuickStart");

    private static async Task<(int ExitCode, string Output)> RunAsync()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Folder, "bin", output.Parent!.Name, output.Name, "QuickStart.dll");
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("HASS_SERVER");
        start.Environment["NO_COLOR"] = "1";
        start.Environment["TERM"] = "dumb";
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Guard);
        try
        {
            var told = process.StandardOutput.ReadToEndAsync(patience.Token);
            var complained = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await told + await complained);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
