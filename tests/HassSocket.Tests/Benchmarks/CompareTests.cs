using System.Diagnostics;
using Xunit;

namespace HassSocket.Tests.Benchmarks;

public sealed class CompareTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_short_comparison_hears_everything_that_its_server_sends()
    {
        var (exitCode, output) = await RunAsync("compare", "--short", "--rounds", "1", "--only", "flood,arrays,raw,stray,calls,calls-64,states,entities,differences,subscriptions-10");

        Assert.True(exitCode == 0, output);
        foreach (var work in new[] { "one by one", "in arrays of 64", "nobody subscribed to", "one after the other", "64 in flight", "`get_states`", "differences", "10 subscriptions" })
            Assert.Contains(output.Split('\n'), line => line.Contains(work, StringComparison.Ordinal) && line.Contains("| HassSocket |", StringComparison.Ordinal));
        Assert.DoesNotContain("Does not count", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_comparison_of_tRPC_hears_everything_that_its_server_sends()
    {
        var (exitCode, output) = await RunAsync("compare-trpc", "--short", "--rounds", "1");

        Assert.True(exitCode == 0, output);
        foreach (var work in new[] { "items", "one after the other", "64 in flight" })
            Assert.Contains(output.Split('\n'), line => line.Contains(work, StringComparison.Ordinal) && line.Contains("| HassSocket |", StringComparison.Ordinal));
        Assert.DoesNotContain("Does not count", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_saying_what_the_program_tells_what_it_can_do()
    {
        var (exitCode, output) = await RunAsync();

        Assert.Equal(64, exitCode);
        Assert.Contains("compare [--rounds <n>]", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var folder = Path.Combine(Repository.Root, "tests", "HassSocket.Benchmarks", "bin", output.Parent!.Name, output.Name);
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "HassSocket.Benchmarks.exe" : "HassSocket.Benchmarks");
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
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
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
