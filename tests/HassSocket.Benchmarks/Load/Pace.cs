using System.Diagnostics;

namespace HassSocket.Benchmarks.Load;

/// <summary>The beat of a paced load: event n leaves n/rate seconds after the first.</summary>
/// <param name="Rate">Events a second; 0 is a flood.</param>
internal sealed record Pace(int Rate)
{
    private static readonly TimeSpan Doze = TimeSpan.FromMilliseconds(2);
    private readonly long _start = Stopwatch.GetTimestamp();

    public bool IsPaced => Rate > 0;

    /// <summary>Waits for the moment of an event: asleep as long as that is exact enough, then awake.</summary>
    public void Wait(int number)
    {
        if (!IsPaced) return;
        var due = TimeSpan.FromSeconds((double)number / Rate);
        while (Stopwatch.GetElapsedTime(_start) is var now && now < due)
        {
            if (due - now > Doze) Thread.Sleep(1);
            else Thread.Sleep(0);
        }
    }
}
