namespace HassSocket.Live.Checks;

/// <summary>All checks, in the order in which they run.</summary>
internal static class CheckList
{
    public static IReadOnlyList<Check> For(LiveSettings settings) =>
    [
        .. ConnectChecks.All,
        .. CommandChecks.All,
        .. RawChecks.All,
        .. ErrorChecks.All,
        .. EventChecks.All,
        .. EntityChecks.All,
        .. CacheChecks.All,
        .. TriggerChecks.All,
        .. ConditionChecks.All,
        .. TemplateChecks.All,
        .. ServiceChecks.All,
        .. LoadChecks.All,
        .. UserChecks.All,
        .. HouseChecks.All,
        .. PauseChecks.All,
        .. DropChecks.All,
        .. settings.Restart ? RestartChecks.All : [],
        .. FarewellChecks.All,
        .. settings.AllowFailedLogin ? LoginChecks.All : [],
    ];
}
