namespace HassSocket.Live.Checks;

/// <summary>Several houses in one process; here, the same one by two doors.</summary>
internal static class HouseChecks
{
    public static IEnumerable<Check> All => [new("two houses in one process", TwoHousesAsync)];

    private static async Task TwoHousesAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("houses");
        await using var home = await visit.ConnectAsync(token, options => options.Name = "home");
        await using var cabin = await visit.ConnectAsync(token, options => options.Name = "cabin");
        await using var atHome = await Heard<HassEvent>.ListenAsync(home.OnEvent(type), token);
        await using var inCabin = await Heard<HassEvent>.ListenAsync(cabin.OnEvent(type), token);

        await home.FireEventAsync(type, cancellationToken: token);
        await atHome.NextAsync(token);
        await inCabin.NextAsync(token);

        await home.StopAsync(token);
        Expect.Equal((ConnectionState.Stopped, ConnectionState.Ready), (home.State, cabin.State));
        await cabin.FireEventAsync(type, cancellationToken: token);
        await inCabin.NextAsync(token);

        await home.StartAsync(token);
        await atHome.UntilAsync(status => status is { State: SubscriptionState.Active, Gap.Reason: GapReason.Reconnect }, token);
        await cabin.FireEventAsync(type, cancellationToken: token);
        await atHome.NextAsync(token);
    }
}
