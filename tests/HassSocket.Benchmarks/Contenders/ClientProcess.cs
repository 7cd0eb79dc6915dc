using System.Diagnostics;
using System.Runtime;
using System.Text.Json;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>The process of one contender: does a work until the compiler has nothing more to do, then as often as it is asked to, and prints the figures.</summary>
internal static class ClientProcess
{
    private const int MostWarmUps = 30;
    private const int QuietMethods = 5;

    // The compiler works in steps (plain, counted, instrumented, optimised) and waits between them: early quiet runs prove nothing.
    private const int LeastWarmUps = 20;
    private const int QuietWarmUps = 2;

    // Tiered compilation looks at what is hot when nothing new was called for a while: see Child.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs it: says when it is warm; then each line that comes in is the address of a load to measure, and the end of the input is the end.</summary>
    /// <param name="args">Contender, work, address of the load server, and perhaps <c>short</c>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var work = Work.Named(args[1]);
        if (args is [.., "short"]) work = work.Shortened;
        IContender contender = args[0] switch
        {
            "sdk" when work.IsTrpc => new TrpcSdk(),
            "sdk" => new Sdk(),
            _ => new MinimalLoop(),
        };
        if (!work.IsShort && work.Kind != WorkKind.Idle) await WarmUpAsync(() => contender.RunAsync(work.WarmUp.Quarter, WarmUpAddress(work, args[2])));
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } address)
        {
            GC.Collect();
            var measured = await contender.RunAsync(work, new Uri(address));
            using var self = Process.GetCurrentProcess();
            Console.WriteLine(JsonSerializer.Serialize(measured with { PeakBytes = self.PeakWorkingSet64 }));
        }

        return 0;
    }

    private static async Task WarmUpAsync(Func<Task> run)
    {
        var quiet = 0;
        for (var warmUp = 0; warmUp < MostWarmUps && (warmUp < LeastWarmUps || quiet < QuietWarmUps); warmUp++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            await run();
            await SettleAsync();
            quiet = JitInfo.GetCompiledMethodCount() - compiled < QuietMethods ? quiet + 1 : 0;
        }
    }

    /// <summary>Waits until the compiler has made what it found to be hot: on one processor it gets none while the work is done.</summary>
    private static async Task SettleAsync()
    {
        long compiled;
        do
        {
            compiled = JitInfo.GetCompiledMethodCount();
            await Task.Delay(Pause);
        }
        while (JitInfo.GetCompiledMethodCount() != compiled);
    }

    private static Uri WarmUpAddress(Work work, string server) => new(server + (work.WarmUp.Quarter.Plan with { Run = "warm-up" }).ToPath());
}
