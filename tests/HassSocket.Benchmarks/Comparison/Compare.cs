using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HassSocket.Benchmarks.Contenders;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>Runs every work with every contender in interleaved rounds, checks what was received, and shows medians and spread.</summary>
internal static class Compare
{
    private const int UsualRounds = 5;
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(3);
    private static readonly string[] Contenders = ["minimal", "sdk", "js"];

    /// <summary>Runs it.</summary>
    /// <param name="args">The options.</param>
    /// <param name="all">The works to choose from: those of Home Assistant, or those of tRPC.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, IReadOnlyList<Work> all)
    {
        var isShort = args.Contains("--short");
        var rounds = ValueOf(args, "--rounds") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : UsualRounds;
        var only = ValueOf(args, "--only")?.Split(',');
        var works = all.Where(work => only is null || only.Contains(work.Name)).Select(work => isShort ? work.Shortened : work).ToList();
        var results = new Results(works, rounds);
        using var server = new ServerProcess();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var work in works)
            {
                // Each round begins with another one, so that none always runs into the same neighbour.
                for (var i = 0; i < Contenders.Length; i++)
                    await RunAsync(Contenders[(i + round) % Contenders.Length], work, round, server, results);
            }

            Console.Error.WriteLine($"round {round + 1} of {rounds}");
        }

        var page = ResultsTable.Write(results);
        Console.WriteLine(page);
        if (ValueOf(args, "--write") is { } file) ResultsTable.PutInto(file, page, results.IsTrpc);
        return results.Failures.Count == 0 ? 0 : 1;
    }

    private static async Task RunAsync(string contender, Work work, int round, ServerProcess server, Results results)
    {
        if (!work.IsFor(contender)) return;
        var run = $"{work.Name}-{contender}-{round}";
        using var client = contender == "js"
            ? JavaScript.Start(work, server.Address, run)
            : Child.StartSelf(1, contender.AsArguments(work, server.Address, run));
        if (client is null) return;
        var lines = await ReadResultsAsync(client);
        var isReported = work.Kind is not (WorkKind.Calls or WorkKind.CallsInFlight or WorkKind.Idle);
        for (var measure = 0; measure < work.Measures; measure++)
        {
            var measured = measure < lines?.Length ? JsonSerializer.Deserialize<Measurement>(lines[measure]) : null;
            var sent = isReported ? await server.ReportOfAsync(Work.NameOf(run, measure), measured?.Count ?? 0) : null;
            results.Add(contender, work, measured, sent);
        }
    }

    private static async Task<string[]?> ReadResultsAsync(Process client)
    {
        using var patience = new CancellationTokenSource(LongestWork);
        try
        {
            var text = await client.StandardOutput.ReadToEndAsync(patience.Token);
            await client.WaitForExitAsync(patience.Token);
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (OperationCanceledException)
        {
            // One that hangs ends without a result, and the others go on.
            client.Kill(entireProcessTree: true);
            return null;
        }
    }

    private static IEnumerable<string> AsArguments(this string contender, Work work, string address, string run) =>
        work.IsShort ? ["client", contender, work.Name, address, run, "short"] : ["client", contender, work.Name, address, run];

    private static string? ValueOf(IReadOnlyList<string> args, string name)
    {
        var at = args.ToList().IndexOf(name);
        return at >= 0 && at + 1 < args.Count ? args[at + 1] : null;
    }
}
