using System.Globalization;
using System.Text;

namespace HassSocket.Endurance.Histories;

/// <summary>A world and the history that is played in it.</summary>
internal sealed class Stage
{
    private readonly Defect _defect;
    private readonly Tally _tally;
    private World _world;
    private History _history;
    private IEnumerator<int> _play;

    public Stage(int seed, Defect defect, Tally tally)
    {
        (_defect, _tally, _world) = (defect, tally, new World(seed));
        _history = new History(_world, seed, defect);
        _play = _history.Play(tally);
    }

    public int Seed => _history.Seed;

    /// <summary>The promise that was broken, and how it came to that.</summary>
    public string? Failure
    {
        get
        {
            if (_history.Complaint is not { } complaint) return null;
            var text = new StringBuilder($"Seed {Seed}: {complaint}").AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"Again: dotnet run --project tests/HassSocket.Endurance -- histories --seed {Seed} --repeat 1000");
            foreach (var line in _history.Trace) text.Append("  ").AppendLine(line);
            return text.ToString();
        }
    }

    /// <summary>Goes one step.</summary>
    /// <returns>Whether there is another.</returns>
    public bool Advance() => _history.Complaint is null && _play.MoveNext();

    public void Begin(int seed, int historiesAWorld)
    {
        if (_world.Histories >= historiesAWorld) _world = new World(seed);
        _history = new History(_world, seed, _defect);
        _play = _history.Play(_tally);
    }
}
