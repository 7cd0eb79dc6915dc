using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>Events of the server's bus.</summary>
internal static class EventChecks
{
    private const int Many = 20_000;
    private const int AtOnce = 1_000;

    public static IEnumerable<Check> All =>
    [
        new("state_changed, caused by a call", StateChangedAsync),
        new("every event", EveryEventAsync),
        new("a consumer that has left hears nothing", LeftAsync),
        new($"{Many:N0} events, heard in order", ManyAsync) { Limit = TimeSpan.FromSeconds(180) },
    ];

    private static async Task StateChangedAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OffAsync(visit.Client, token);
        await using var events = await Heard<HassEvent>.ListenAsync(visit.Client.OnEvent("state_changed"), token);
        var call = await visit.Lamp.OnAsync(visit.Client, 50, token);
        var change = await events.NextAsync(change => change.Context.Id == call.Context.Id, token);
        Expect.Equal(visit.Lamp.EntityId, change.Data().GetProperty("entity_id").GetString());
        Expect.Equal("off", change.Data().GetProperty("old_state").GetProperty("state").GetString());
        Expect.Equal("on", change.Data().GetProperty("new_state").GetProperty("state").GetString());
    }

    private static async Task EveryEventAsync(Visit visit, CancellationToken token)
    {
        await using var events = await Heard<HassEvent>.ListenAsync(visit.Client.OnAllEvents(), token);
        var call = await visit.Lamp.OnAsync(visit.Client, 60, token);
        await events.NextAsync(heard => heard.EventType == "call_service" && heard.Context.Id == call.Context.Id, token);
        await events.NextAsync(heard => heard.EventType == "state_changed" && heard.Context.Id == call.Context.Id, token);
        await visit.Client.FireEventAsync(Visit.NameOf("any"), cancellationToken: token);
        await events.NextAsync(heard => heard.EventType == Visit.NameOf("any"), token);
    }

    private static async Task LeftAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("left");
        var heard = 0;
        var stays = await Heard<HassEvent>.ListenAsync(visit.Client.OnEvent(type), token);
        await using (visit.Client.OnEvent(type).SubscribeAsync((_, _) => Task.FromResult(heard++)))
        {
            await visit.Client.FireEventAsync(type, cancellationToken: token);
            await stays.NextAsync(token);
        }

        var before = heard;
        await visit.Client.FireEventAsync(type, cancellationToken: token);
        await stays.NextAsync(token);
        Expect.Equal(before, heard);
        await stays.DisposeAsync();
    }

    private static async Task ManyAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("many");
        await using var events = await Heard<HassEvent>.ListenAsync(visit.Client.OnEvent(type), token);
        await using var other = await visit.ConnectWithoutLimitsAsync(token);
        var firing = FireAsync(other, type, token);
        for (var n = 0; n < Many; n++)
            Expect.Equal(n, (await events.NextAsync(token)).Data().GetProperty("n").GetInt32());
        await firing;
        Expect.Equal(0, events.Status.Dropped);
    }

    private static async Task FireAsync(HassSocketClient client, string type, CancellationToken token)
    {
        foreach (var part in Enumerable.Range(0, Many).Chunk(AtOnce))
            await Task.WhenAll(part.Select(n => client.FireEventAsync(type, new JsonObject { ["n"] = n }, token)));
    }
}
