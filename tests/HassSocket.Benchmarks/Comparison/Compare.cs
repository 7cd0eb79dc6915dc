using System.Globalization;
using HassSocket.Benchmarks.Contenders;

namespace HassSocket.Benchmarks.Comparison;

/// <summary>Runs every work with every contender, all in turns, checks what was received, and shows medians and spread.</summary>
internal static class Compare
{
    private const int UsualRounds = 5;
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
            foreach (var group in works.GroupBy(work => work.Group)) await RunAsync([.. group], round, server, results);
            Console.Error.WriteLine($"round {round + 1} of {rounds}");
        }

        var page = ResultsTable.Write(results);
        Console.WriteLine(page);
        if (ValueOf(args, "--write") is { } file) ResultsTable.PutInto(file, page, results.IsTrpc);
        return results.Failures.Count == 0 ? 0 : 1;
    }

    private static async Task RunAsync(IReadOnlyList<Work> works, int round, ServerProcess server, Results results)
    {
        var clients = new List<MeasuredClient>();
        try
        {
            foreach (var (work, contender) in works.SelectMany(work => Contenders.Where(one => MeasuredClient.CanDo(one, work)).Select(one => (work, one))))
            {
                clients.Add(new MeasuredClient(contender, work, server.Address));
                await clients[^1].WarmUpAsync();
            }

            for (var measure = 0; measure < works[0].Measures; measure++)
            {
                var turn = (round * works[0].Measures) + measure;
                // Each turn begins with another one, so that none always runs into the same neighbour.
                for (var i = 0; i < clients.Count; i++) await MeasureAsync(clients[(i + turn) % clients.Count], turn, server, results);
            }
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }

    private static async Task MeasureAsync(MeasuredClient client, int turn, ServerProcess server, Results results)
    {
        var run = $"{client.Work.Name}-{client.Contender}-{turn}";
        var measured = await client.MeasureAsync(run);
        var isReported = client.Work.Kind is not (WorkKind.Calls or WorkKind.CallsInFlight or WorkKind.Idle);
        var sent = isReported ? await server.ReportOfAsync(run, measured?.Count ?? 0) : null;
        results.Add(client.Contender, client.Work, turn, measured, sent);
    }

    private static string? ValueOf(IReadOnlyList<string> args, string name)
    {
        var at = args.ToList().IndexOf(name);
        return at >= 0 && at + 1 < args.Count ? args[at + 1] : null;
    }
}
