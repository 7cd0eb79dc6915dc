namespace HassSocket.Tests.Faults;

/// <summary>One way in which an open connection is lost, and what its user sees of it.</summary>
/// <param name="Name">The fault, as the page names it.</param>
/// <param name="Reason">The reason that the state change gives.</param>
/// <param name="Says">What its sentence contains.</param>
/// <param name="Strike">Makes it happen.</param>
internal sealed record SessionFault(string Name, EndReason Reason, string Says, Func<FaultyHome, Task> Strike)
{
    /// <summary>Ends it.</summary>
    public Action<FaultyHome> Heal { get; init; } = _ => { };

    /// <summary>After how long, on the clock, it is noticed; zero is at once.</summary>
    public TimeSpan Within { get; init; }

    public override string ToString() => Name;

    /// <summary>Its row on the page.</summary>
    public string Row => $"| {Name} | `{Reason}` | … {Says} … | {Words.Span(Within)} |";
}
