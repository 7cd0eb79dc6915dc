namespace HassSocket.Testing;

/// <summary>One attempt of a client to connect through a <see cref="MemoryTransportFactory"/>.</summary>
/// <param name="Request">What it asked for.</param>
/// <param name="At">When, by the factory's clock.</param>
public sealed record MemoryDial(UpgradeRequest Request, DateTimeOffset At);
