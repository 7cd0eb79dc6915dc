using System.Collections.Immutable;

namespace HassSocket.Endurance.Histories;

/// <summary>Facts about the acts.</summary>
internal static class Acts
{
    public static readonly ImmutableArray<Act> Operations = [.. Enum.GetValues<Act>().Where(act => act < Act.Drop)];

    public static readonly ImmutableArray<Act> Faults = [.. Enum.GetValues<Act>().Where(act => act >= Act.Drop)];

    /// <summary>Whether a step with this act may cost events or delay answers by design.</summary>
    public static bool Disturbs(Act act) => act is Act.Pause or Act.Resume or Act.Clock or Act.Stop or Act.Start or >= Act.Drop;
}
