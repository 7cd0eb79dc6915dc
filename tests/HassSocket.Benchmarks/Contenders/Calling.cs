using System.Diagnostics;

namespace HassSocket.Benchmarks.Contenders;

/// <summary>Calls of a client of ours, whatever it speaks: one after the other, and many at once.</summary>
internal static class Calling
{
    private const int InFlight = 64;

    public static async Task<Measurement> OneByOneAsync(Work work, Func<Task> call)
    {
        var took = new List<double>(work.Repeats);
        var watches = new Stopwatches();
        for (var i = 0; i < work.Repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await call();
            took.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return watches.Stop(default, microseconds: took) with { Count = took.Count };
    }

    public static async Task<Measurement> ManyAtOnceAsync(Work work, Func<Task> call)
    {
        var watches = new Stopwatches();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => SomeAsync(work.Repeats / InFlight, call)));
        return watches.Stop(default) with { Count = work.Repeats / InFlight * InFlight };
    }

    private static async Task SomeAsync(int calls, Func<Task> call)
    {
        for (var i = 0; i < calls; i++) await call();
    }
}
