namespace HassSocket.Live.Checks;

/// <summary>Leaving nothing behind.</summary>
internal static class FarewellChecks
{
    public static IEnumerable<Check> All => [new("what was created is gone", NothingLeftAsync)];

    private static async Task NothingLeftAsync(Visit visit, CancellationToken token)
    {
        await visit.Leftovers.EndAsync();
        Expect.Equal("", string.Join(' ', await visit.Leftovers.FindAsync(visit.Client, token)));
        var ours = (await visit.Client.GetStatesAsync(token)).Where(state => state.EntityId.Contains(Visit.Prefix, StringComparison.Ordinal));
        Expect.Equal("", string.Join(' ', ours));
    }
}
