namespace HassSocket;

/// <summary>A connection to Home Assistant that has just become ready.</summary>
/// <param name="Number">Counts the connections of this socket, from 1; so every number above 1 is a reconnection.</param>
/// <param name="ServerVersion">What the server calls its version, as text: <c>2026.11.0</c>, <c>2026.12.0b3</c>; <see langword="null"/> when it did not say.</param>
/// <param name="ConnectedAt">When it became ready, by the clock on the wall.</param>
/// <param name="GapReason">Why the connection before it ended; <see cref="EndReason.None"/> for the first.</param>
/// <param name="GapLength">How long there was no connection; zero for the first.</param>
public sealed record HassConnection(
    int Number, string? ServerVersion, DateTimeOffset ConnectedAt, EndReason GapReason, TimeSpan GapLength);
