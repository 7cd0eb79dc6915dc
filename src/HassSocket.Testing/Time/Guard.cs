namespace HassSocket.Testing.Time;

/// <summary>How long, in real time, a waiting test may hang before it is told why.</summary>
internal static class Guard
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(30);
}
