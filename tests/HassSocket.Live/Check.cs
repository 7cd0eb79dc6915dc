namespace HassSocket.Live;

/// <summary>One thing that must hold on any server.</summary>
internal sealed record Check(string Name, Func<Visit, CancellationToken, Task> RunAsync)
{
    /// <summary>How long it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether nothing can be learned from the others when it fails.</summary>
    public bool IsEssential { get; init; }
}
