namespace HassSocket;

/// <summary>What the states of a house work with.</summary>
/// <param name="Connection">Where they are asked for.</param>
/// <param name="WaitForReady">How long somebody waits for them at most.</param>
/// <param name="Time">The clock for that.</param>
internal sealed record EntityStatesContext(Connection Connection, TimeSpan WaitForReady, TimeProvider Time);
