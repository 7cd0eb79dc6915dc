namespace HassSocket.Testing;

/// <summary>How a <see cref="HomeAssistantSimulator"/> begins.</summary>
public sealed record HomeAssistantSimulatorOptions
{
    /// <summary>The clock of the house.</summary>
    /// <value>Default: the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What the house calls its version, as <c>ha_version</c> and in <c>get_config</c>.</summary>
    /// <value>Default: <c>2026.11.0</c>.</value>
    public string Version { get; init; } = "2026.11.0";

    /// <summary>Whether the house has no entities; it has its services all the same.</summary>
    /// <value>Default: <see langword="false"/>, 180 entities of a real demo house.</value>
    public bool StartsEmpty { get; init; }

    /// <summary>How long a client may take to log in.</summary>
    /// <value>Default: 10 seconds, as in Home Assistant.</value>
    public TimeSpan AuthTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may be silent before the house sends it a ping frame; without a sign of life within half that time, it breaks the line.</summary>
    /// <value>Default: 55 seconds, as in Home Assistant; <see cref="Timeout.InfiniteTimeSpan"/> sends none.</value>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(55);

    /// <summary>How many messages may wait for one client; the one that makes it so many costs the connection and all that waits.</summary>
    /// <value>Default: 4,096, as in Home Assistant.</value>
    public int MaxPendingMessages { get; init; } = 4096;

    /// <summary>Where context ids come from; one with a seed makes them repeatable.</summary>
    /// <value>Default: <see cref="System.Random.Shared"/>.</value>
    public Random Random { get; init; } = Random.Shared;
}
