namespace HassSocket.Testing;

/// <summary>What is wrong with the answers to a type of command; see <see cref="SimulatedFaults.SpoilAnswers(string, AnswerFault)"/>.</summary>
public sealed record AnswerFault
{
    /// <summary>They never leave.</summary>
    public static AnswerFault Never { get; } = new() { Delay = Timeout.InfiniteTimeSpan };

    /// <summary>Each leaves twice.</summary>
    public static AnswerFault Twice { get; } = new() { Copies = 2 };

    /// <summary>The <c>id</c> is the last member instead of the first.</summary>
    public static AnswerFault IdLast { get; } = new() { PutsIdLast = true };

    /// <summary>White space stands wherever JSON allows it.</summary>
    public static AnswerFault Padded { get; } = new() { PadsWithWhitespace = true };

    /// <summary>How long an answer is held back, by the clock of the house; <see cref="Timeout.InfiniteTimeSpan"/> keeps it for ever.</summary>
    /// <value>Default: no time.</value>
    public TimeSpan Delay { get; init; }

    /// <summary>How often an answer leaves.</summary>
    /// <value>Default: 1.</value>
    public int Copies { get; init; } = 1;

    /// <summary>Whether the <c>id</c> is the last member.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool PutsIdLast { get; init; }

    /// <summary>Whether white space stands wherever JSON allows it.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool PadsWithWhitespace { get; init; }

    /// <summary>How many answers are spoiled before they are as they should be again.</summary>
    /// <value>Default: <see langword="null"/>, all of them.</value>
    public int? Times { get; init; }

    /// <summary>They leave late.</summary>
    /// <param name="delay">How late, by the clock of the house.</param>
    public static AnswerFault Late(TimeSpan delay) => new() { Delay = delay };
}
