namespace HassSocket.Endurance.Histories;

/// <summary>The faults of a house that last, and when they end.</summary>
internal sealed class Troubles(World world)
{
    private readonly Dictionary<Act, (int Until, Action Heal)> _lasting = [];
    private DateTimeOffset _lateUntil;

    /// <summary>Whether nothing of them is left.</summary>
    public bool AreOver => _lasting.Count == 0 && world.Clock.GetTimestamp() >= _lateUntil.Ticks;

    /// <summary>Notes a fault; one that is there already ends with it.</summary>
    public void Begin(Act fault, int until, Action heal) =>
        _lasting[fault] = (until, _lasting.TryGetValue(fault, out var earlier) ? earlier.Heal + heal : heal);

    /// <summary>Answers that were held back come by then.</summary>
    public void ExpectLate(TimeSpan delay) => _lateUntil = new DateTimeOffset(world.Clock.GetTimestamp() + delay.Ticks, TimeSpan.Zero);

    public bool Heal(int step)
    {
        var over = _lasting.Where(trouble => trouble.Value.Until <= step).ToList();
        foreach (var (fault, trouble) in over)
        {
            _lasting.Remove(fault);
            trouble.Heal();
        }

        return over.Count > 0;
    }

    public void HealAll() => Heal(int.MaxValue);
}
