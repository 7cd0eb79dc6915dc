using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>The raw door: any command by type and fields.</summary>
internal static class RawChecks
{
    public static IEnumerable<Check> All =>
    [
        new("a raw command", CommandAsync),
        new("a raw command with fields", FieldsAsync),
        new("a raw subscription", SubscriptionAsync),
        new("a posted command", PostedAsync),
    ];

    private static async Task CommandAsync(Visit visit, CancellationToken token)
    {
        var user = await visit.Client.SendMessageAsync("auth/current_user", null, token);
        Expect.That(user.GetProperty("is_admin").GetBoolean());
    }

    private static async Task FieldsAsync(Visit visit, CancellationToken token)
    {
        var fields = new JsonObject
        {
            ["domain"] = "light",
            ["service"] = "turn_on",
            ["service_data"] = new JsonObject { ["brightness"] = 33 },
            ["target"] = new JsonObject { ["entity_id"] = visit.Lamp.EntityId },
        };
        var result = await visit.Client.SendMessageAsync("call_service", fields, token);
        Expect.That(result.GetProperty("context").GetProperty("id").GetString()!.Length > 0);
        Expect.Equal(33, Lamp.BrightnessOf(await visit.Lamp.StateAsync(visit.Client, token)));
    }

    private static async Task SubscriptionAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("raw");
        var stream = visit.Client.Subscribe("subscribe_events", new JsonObject { ["event_type"] = type });
        await using var events = await Heard<JsonElement>.ListenAsync(stream, token);
        await visit.Client.FireEventAsync(type, new JsonObject { ["n"] = 1 }, token);
        var fired = await events.NextAsync(token);
        Expect.Equal(type, fired.GetProperty("event_type").GetString());
        Expect.Equal(1, fired.GetProperty("data").GetProperty("n").GetInt32());
    }

    private static async Task PostedAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("posted");
        await using var events = await Heard<HassEvent>.ListenAsync(visit.Client.OnEvent(type), token);
        await visit.Client.PostMessageAsync(new FireEventCommand(type), token);
        Expect.Equal(type, (await events.NextAsync(token)).EventType);
    }
}
