namespace HassSocket.Tests.Replay;

/// <summary>How a recording is replayed.</summary>
internal sealed record ReplaySettings
{
    /// <summary>How long to wait for something that must happen; only a failing replay ever waits so long.</summary>
    public TimeSpan Patience => HowPatient();

    /// <summary>Asked anew each time: a test that keeps something back need not wait for it.</summary>
    public Func<TimeSpan> HowPatient { get; init; } = static () => TimeSpan.FromSeconds(60);

    /// <summary>What the server says in the place of a recorded message: a mutant says something else.</summary>
    public Func<Line, IEnumerable<string>> Say { get; init; } = line => [line.Text!];

    /// <summary>Where the fate of each line is noted.</summary>
    public required Action<Line, Verdict> Note { get; init; }
}
