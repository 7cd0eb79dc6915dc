using HassSocket.Endurance.Support;

namespace HassSocket.Endurance.Histories;

/// <summary>Plays many histories side by side: each goes one step, then all come to rest, then each goes one step.</summary>
internal sealed class Playhouse(Defect defect = Defect.None)
{
    private const int WorldsAtOnce = 16;
    private const int HistoriesAWorld = 50;
    private readonly PoolQuiet _quiet = new();

    public Tally Tally { get; } = new();

    public int Played { get; private set; }

    /// <summary>Plays; not on a thread of the pool, which has to come to rest.</summary>
    /// <param name="seeds">One for each history.</param>
    /// <returns>What the first history tells that found a broken promise; nothing when all were kept.</returns>
    public string? Play(IEnumerable<int> seeds)
    {
        using var next = seeds.GetEnumerator();
        var stages = new List<Stage>();
        while (stages.Count < WorldsAtOnce && next.MoveNext()) stages.Add(new Stage(next.Current, defect, Tally));
        while (stages.Count > 0)
        {
            for (var i = stages.Count - 1; i >= 0; i--)
            {
                if (stages[i].Advance()) continue;
                Played++;
                if (stages[i].Failure is { } failure) return failure;
                if (!next.MoveNext()) stages.RemoveAt(i);
                else stages[i].Begin(next.Current, HistoriesAWorld);
            }

            Wait(stages);
        }

        return Played >= 1_000 && Tally.Clean < Tally.Steps / 4
            ? $"Only {Tally.Clean:N0} of {Tally.Steps:N0} steps were in full order: too little was checked."
            : null;
    }

    private void Wait(List<Stage> stages)
    {
        try
        {
            _quiet.Wait();
        }
        catch (TimeoutException hang)
        {
            throw new TimeoutException($"{hang.Message} Playing: {string.Join(", ", stages.Select(stage => stage.Seed))}.");
        }
    }
}
