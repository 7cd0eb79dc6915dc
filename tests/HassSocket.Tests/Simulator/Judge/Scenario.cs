namespace HassSocket.Tests.Simulator.Judge;

/// <summary>How one recording is judged.</summary>
/// <param name="Name">The recording.</param>
internal sealed record Scenario(string Name)
{
    /// <summary>The moment at which the recording began.</summary>
    public DateTimeOffset Begins { get; init; } = new(2026, 11, 23, 1, 50, 0, TimeSpan.Zero);

    /// <summary>States of the real house that the recording begins with and does not show, as JSON: state and attributes to change.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>What may differ.</summary>
    public IReadOnlyList<Variation> Varies { get; init; } = [];

    /// <summary>A connection whose answers the recording client did not read.</summary>
    public int? Unread { get; init; }

    /// <summary>Why answers to different commands come in another order, where they do; those to one command never do.</summary>
    public string? WhyOrderVaries { get; init; }

    /// <summary>Why frames hold other numbers of messages than the recorded ones, where they do.</summary>
    public string? WhyFramesVary { get; init; }
}
