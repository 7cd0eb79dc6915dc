using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>Losing the line, and healing.</summary>
internal static class DropChecks
{
    public static IEnumerable<Check> All =>
    [
        new("a forced drop: everything is restored", RestoredAsync),
        new("a forced drop: what was on its way is told", ToldAsync),
    ];

    private static async Task RestoredAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("drop");
        await visit.Lamp.OnAsync(visit.Client, 30, token);
        await using var relay = Relay.To(visit.Settings.Server);
        await using var client = await visit.ConnectAsync(token, options => options.BaseUrl = relay.Address);
        await using var events = await Heard<HassEvent>.ListenAsync(client.OnEvent(type), token);
        await using var fired = await Heard<TriggerFired>.ListenAsync(
            client.SubscribeTrigger(new JsonObject { ["platform"] = "event", ["event_type"] = type }), token);
        await using var entities = await Heard<EntitiesChange>.ListenAsync(client.SubscribeEntities(EntityFilter.Entities(visit.Lamp.EntityId)), token);
        await entities.NextAsync(token);

        relay.IsClosed = true;
        relay.Cut();
        await client.StateChanges.FirstAsync(change => change.Current != ConnectionState.Ready).ToTask(token);
        await visit.Client.FireEventAsync(type, new JsonObject { ["n"] = 1 }, token);
        await visit.Lamp.OnAsync(visit.Client, 40, token);
        relay.IsClosed = false;

        var again = await client.OnConnect.FirstAsync(connection => connection.Number == 2).ToTask(token);
        Expect.Equal(EndReason.ConnectionLost, again.GapReason);
        Expect.That(again.GapLength > TimeSpan.Zero);
        await events.UntilAsync(status => status is { State: SubscriptionState.Active, Gap.Reason: GapReason.Reconnect }, token);
        await fired.UntilAsync(status => status is { State: SubscriptionState.Active, Gap.Reason: GapReason.Reconnect }, token);
        var fresh = await entities.NextAsync(token);
        Expect.Equal((true, 40), (fresh.IsSnapshot, Lamp.BrightnessOf(fresh.Added.Single())));

        // Nothing twice: the event after the next one follows it at once.
        for (var n = 2; n < 4; n++)
        {
            await visit.Client.FireEventAsync(type, new JsonObject { ["n"] = n }, token);
            Expect.Equal(n, (await events.NextAsync(token)).Data().GetProperty("n").GetInt32());
            Expect.Equal(n, (await fired.NextAsync(token)).Trigger.GetProperty("event").GetProperty("data").GetProperty("n").GetInt32());
        }
    }

    private static async Task ToldAsync(Visit visit, CancellationToken token)
    {
        await using var relay = Relay.To(visit.Settings.Server);
        await using var client = await visit.ConnectAsync(token, options => options.BaseUrl = relay.Address);
        var slow = ServiceChecks.RunSlowlyAsync(client, token);
        await client.PingAsync(cancellationToken: token);
        relay.IsClosed = true;
        relay.Cut();
        var lost = await Expect.ThrowsAsync<ConnectionLostException>(slow);
        Expect.Equal((Delivery.Unknown, "execute_script"), (lost.Delivery, lost.Command));

        var waits = client.PingAsync(cancellationToken: token);
        var hurries = client.SendMessageAsync(new PingCommand { WhenDisconnected = WhenUnavailable.Fail }, token);
        await Expect.ThrowsAsync<NotConnectedException>(hurries);
        Expect.That(!waits.IsCompleted);
        relay.IsClosed = false;
        await waits;
    }
}
