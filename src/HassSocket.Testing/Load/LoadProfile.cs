namespace HassSocket.Testing;

/// <summary>A house with much going on: so many entities, so many changes and events a second.</summary>
public sealed record LoadProfile
{
    /// <summary>How many entities are added; they change in turn.</summary>
    /// <value>Default: 1,000.</value>
    public int Entities { get; init; } = 1000;

    /// <summary>How many states change a second, by the clock of the house.</summary>
    /// <value>Default: 100.</value>
    public double ChangesPerSecond { get; init; } = 100;

    /// <summary>How many events of <see cref="EventType"/> are fired a second, with <c>{"number":0}</c> and so on as data.</summary>
    /// <value>Default: none.</value>
    public double EventsPerSecond { get; init; }

    /// <summary>The domain of the entities: <c>sensor.load_0</c> and so on.</summary>
    /// <value>Default: <c>sensor</c>.</value>
    public string Domain { get; init; } = "sensor";

    /// <summary>The type of the events.</summary>
    /// <value>Default: <c>load</c>.</value>
    public string EventType { get; init; } = "load";

    /// <summary>How often the house does what has come due; all of it in one moment.</summary>
    /// <value>Default: every 100 milliseconds.</value>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(100);

    internal void Check()
    {
        if (Entities < 1) throw Wrong(nameof(Entities), Entities, "at least 1");
        if (Step <= TimeSpan.Zero) throw Wrong(nameof(Step), Step, "longer than no time");
        if (!(ChangesPerSecond >= 0)) throw Wrong(nameof(ChangesPerSecond), ChangesPerSecond, "0 or more");
        if (!(EventsPerSecond >= 0)) throw Wrong(nameof(EventsPerSecond), EventsPerSecond, "0 or more");
    }

    private static ArgumentException Wrong(string name, object value, string expected) => new($"{name} is {value}; a load profile needs {expected}.");
}
