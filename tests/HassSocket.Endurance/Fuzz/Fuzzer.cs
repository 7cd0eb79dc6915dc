using HassSocket.Endurance.Support;

namespace HassSocket.Endurance.Fuzz;

/// <summary>Feeds mutated frames to some clients side by side.</summary>
internal sealed class Fuzzer(int seed)
{
    private const int VictimsAtOnce = 8;
    private readonly PoolQuiet _quiet = new();

    public int Frames { get; private set; }

    public Outcomes Outcomes { get; } = new();

    /// <summary>How much the heap grew from a tenth of the way to the end, in bytes.</summary>
    public long Growth { get; private set; }

    /// <summary>Says so many frames; not on a thread of the pool, which has to come to rest.</summary>
    /// <returns>What went wrong; nothing when all went well.</returns>
    public string? Run(int frames)
    {
        var recorded = RecordedFrames.Load();
        var victims = Enumerable.Range(0, VictimsAtOnce).Select(i => new Victim(recorded, seed + i)).ToList();
        var lives = victims.Select(victim => victim.Live()).ToList();
        long? atFirst = null;
        while ((Frames = victims.Sum(victim => victim.Frames)) < frames)
        {
            foreach (var life in lives) life.MoveNext();
            _quiet.Wait();
            if (victims.Find(victim => victim.Complaint is not null) is { } failed)
                return $"Seed {seed}, after {Frames:N0} frames: {failed.Complaint}{Environment.NewLine}{string.Join(Environment.NewLine, failed.Recent)}";
            if (atFirst is null && Frames > frames / 10) atFirst = GC.GetTotalMemory(forceFullCollection: true);
        }

        Growth = GC.GetTotalMemory(forceFullCollection: true) - (atFirst ?? 0);
        var endings = victims.ConvertAll(victim => victim.EndAsync().AsTask());
        _quiet.Wait();
        foreach (var victim in victims) Outcomes.Add(victim.Outcomes);
        return endings.TrueForAll(ending => ending.IsCompletedSuccessfully) ? null : "A client cannot be disposed.";
    }
}
