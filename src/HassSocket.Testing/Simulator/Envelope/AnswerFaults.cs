namespace HassSocket.Testing.Simulator;

/// <summary>Keeps or delays the answers to some types of command.</summary>
internal sealed class AnswerFaults(House house)
{
    private readonly Dictionary<string, TimeSpan> _delays = [];

    public void Set(string type, TimeSpan delay) => house.Ticks.Run(() => _delays[type] = delay);

    public void Clear(string type) => house.Ticks.Run(() => _delays.Remove(type));

    public void Pass(string type, Action answer)
    {
        if (!_delays.TryGetValue(type, out var delay)) answer();
        else if (delay != Timeout.InfiniteTimeSpan) house.After(delay, answer);
    }
}
