namespace HassSocket.Testing.Simulator;

/// <summary>Lets verdicts on logins pass at once, after a while, or when a test says so.</summary>
internal sealed class Admission(House house)
{
    private readonly List<Action> _held = [];
    private bool _isHeld;

    public TimeSpan Delay { get; set; }

    public bool IsHeld
    {
        get => _isHeld;
        set
        {
            var released = house.Ticks.Run(() =>
            {
                _isHeld = value;
                if (value) return [];
                var held = _held.ToArray();
                _held.Clear();
                return held;
            });
            foreach (var conclude in released) conclude();
        }
    }

    public void Pass(Action conclude)
    {
        if (_isHeld) _held.Add(conclude);
        else if (Delay > TimeSpan.Zero) house.After(Delay, conclude);
        else conclude();
    }
}
