namespace HassSocket.Testing;

/// <summary>How a restart of the house goes; the defaults are what a real one took.</summary>
public sealed record SimulatedRestart
{
    /// <summary>How long nobody listens.</summary>
    /// <value>Default: 7 seconds.</value>
    public TimeSpan DownFor { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>How long it loads its integrations, in the state <c>NOT_RUNNING</c>: their commands are unknown and their entities absent until it is their turn.</summary>
    /// <value>Default: 2 seconds.</value>
    public TimeSpan LoadsFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it is in the state <c>STARTING</c>.</summary>
    /// <value>Default: 10 milliseconds.</value>
    public TimeSpan StartsFor { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Whether the process is killed: no connection gets a close frame.</summary>
    /// <value>Default: <see langword="false"/>, every connection is closed with 1000.</value>
    public bool IsKilled { get; init; }

    /// <summary>Whether entities are there from the beginning, <c>unavailable</c> and with the attribute <c>restored</c>, instead of absent.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RestoresEntities { get; init; }
}
