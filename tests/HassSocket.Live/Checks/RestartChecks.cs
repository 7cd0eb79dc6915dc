using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace HassSocket.Live.Checks;

/// <summary>A restart of the server.</summary>
internal static class RestartChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static IEnumerable<Check> All => [new("a restart of the server is survived", RestartAsync) { Limit = Patience + TimeSpan.FromSeconds(30) }];

    private static async Task RestartAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("restart");
        var client = visit.Client;
        await visit.Lamp.OnAsync(client, 70, token);
        var first = await client.OnConnect.FirstAsync().ToTask(token);
        await using var events = await Heard<HassEvent>.ListenAsync(client.OnEvent(type), token);
        await using var entities = await Heard<EntitiesChange>.ListenAsync(client.SubscribeEntities(EntityFilter.Entities(visit.Lamp.EntityId)), token);
        await entities.NextAsync(token);

        // The end of the connection is the answer; the server checks its configuration before.
        await client.SendMessageAsync(new CallServiceCommand("homeassistant", "restart") { ExpectResponseAfter = Timeout.InfiniteTimeSpan }, token);
        var again = await client.OnConnect.FirstAsync(connection => connection.Number > first.Number).Timeout(Patience).ToTask(token);
        Expect.That(again.GapReason is EndReason.ClosedByServer or EndReason.ConnectionLost);
        await RunningAsync(client, token);

        await entities.NextAsync(change => change.IsSnapshot, token, Patience);
        await events.UntilAsync(status => status is { State: SubscriptionState.Active, Gap: not null }, token, Patience);
        await client.FireEventAsync(type, cancellationToken: token);
        await events.NextAsync(token);
        await LitAsync(visit, entities, token);
    }

    private static async Task RunningAsync(HassSocketClient client, CancellationToken token)
    {
        while (!(await client.GetConfigAsync(token)).IsRunning) await Task.Delay(500, token);
    }

    // The light may come late: its integration is loaded after the socket has opened.
    private static async Task LitAsync(Visit visit, Heard<EntitiesChange> entities, CancellationToken token)
    {
        while ((await visit.Client.GetStatesAsync(token)).All(state => state.EntityId != visit.Lamp.EntityId || state.State == "unavailable"))
            await Task.Delay(500, token);
        await visit.Lamp.OnAsync(visit.Client, 80, token);
        await entities.NextAsync(change => change.Changed.Any(IsAt80), token);

        static bool IsAt80(EntityDifference lamp) => lamp.Attributes.TryGetProperty("brightness", out var brightness) && brightness.GetInt32() == 80;
    }
}
