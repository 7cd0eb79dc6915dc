namespace HassSocket;

/// <summary>A session that has just become ready.</summary>
/// <param name="Number">Counts the sessions of this connection, from 1.</param>
/// <param name="ServerVersion">What the server calls itself; <see langword="null"/> where the protocol does not tell.</param>
/// <param name="ConnectedAt">When it became ready, by the clock on the wall.</param>
public sealed record ConnectedSession(int Number, string? ServerVersion, DateTimeOffset ConnectedAt)
{
    /// <summary>Why the session before it ended; <see cref="EndReason.None"/> for the first.</summary>
    public EndReason GapReason { get; init; }

    /// <summary>How long there was no connection; zero for the first.</summary>
    public TimeSpan GapLength { get; init; }
}
