namespace HassSocket.Tests.Replay;

/// <summary>The client did something else than what was recorded.</summary>
public sealed class ReplayException(string message) : Exception(message);
