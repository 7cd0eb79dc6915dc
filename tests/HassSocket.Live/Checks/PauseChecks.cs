using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>Pausing: nothing leaves, nothing comes, the line stays.</summary>
internal static class PauseChecks
{
    private const int Missed = 3;

    public static IEnumerable<Check> All =>
    [
        new("pause and resume: events", EventsAsync),
        new("pause and resume: commands", CommandsAsync),
        new("pause and resume: entities", EntitiesAsync),
    ];

    private static async Task EventsAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("pause");
        await using var paused = await visit.ConnectAsync(token);
        await using var events = await Heard<HassEvent>.ListenAsync(paused.OnEvent(type), token);
        paused.PauseMessages = true;
        for (var n = 0; n < Missed; n++) await visit.Client.FireEventAsync(type, new JsonObject { ["n"] = n }, token);
        await CaughtUpAsync(paused, token);
        paused.PauseMessages = false;

        var gap = (await events.UntilAsync(status => status.Gap is { Reason: GapReason.Pause }, token)).Gap!;
        Expect.Equal(Missed, gap.Count);
        Expect.That(gap.To > gap.From);
        await visit.Client.FireEventAsync(type, new JsonObject { ["n"] = Missed }, token);
        Expect.Equal(Missed, (await events.NextAsync(token)).Data().GetProperty("n").GetInt32());
        Expect.Equal(ConnectionState.Ready, paused.State);
    }

    private static async Task CommandsAsync(Visit visit, CancellationToken token)
    {
        await using var paused = await visit.ConnectAsync(token);
        var before = ServiceChecks.RunSlowlyAsync(paused, token);
        await paused.PingAsync(cancellationToken: token);
        paused.PauseMessages = true;
        await Expect.ThrowsAsync<MessagesPausedException>(paused.PingAsync(cancellationToken: token));
        var waits = paused.SendMessageAsync(new PingCommand { WhenPaused = WhenUnavailable.Wait }, token);
        // What was asked before the pause is still answered.
        await before;
        Expect.That(!waits.IsCompleted);
        paused.PauseMessages = false;
        await waits;
    }

    private static async Task EntitiesAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OnAsync(visit.Client, 10, token);
        await using var paused = await visit.ConnectAsync(token);
        await using var entities = await Heard<EntitiesChange>.ListenAsync(paused.SubscribeEntities(EntityFilter.Entities(visit.Lamp.EntityId)), token);
        await entities.NextAsync(token);
        paused.PauseMessages = true;
        await visit.Lamp.OnAsync(visit.Client, 20, token);
        await CaughtUpAsync(paused, token);
        paused.PauseMessages = false;
        var fresh = await entities.NextAsync(token);
        Expect.That(fresh.IsSnapshot);
        Expect.Equal(20, Lamp.BrightnessOf(fresh.Added.Single()));
    }

    // Subscriptions pass a pause, and a server answers in order: what it sent before has arrived when this one is active.
    private static async Task CaughtUpAsync(HassSocketClient paused, CancellationToken token)
    {
        await using var fence = await Heard<HassEvent>.ListenAsync(paused.OnEvent(Visit.NameOf("fence")), token);
    }
}
