namespace HassSocket.Tests.Faults;

/// <summary>One way in which something goes wrong that costs no connection.</summary>
/// <param name="Name">The fault, as the page names it.</param>
/// <param name="Sees">What its user sees of it, as the page says it.</param>
/// <param name="ProveAsync">Makes it happen, and asserts just that.</param>
internal sealed record SurvivedFault(string Name, string Sees, Func<FaultyHome, Task> ProveAsync)
{
    public override string ToString() => Name;

    /// <summary>Its row on the page.</summary>
    public string Row => $"| {Name} | {Sees} |";
}
