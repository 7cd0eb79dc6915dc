using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>Triggers, written in the way that every version takes.</summary>
internal static class TriggerChecks
{
    public static IEnumerable<Check> All =>
    [
        new("trigger on a state", StateAsync),
        new("trigger on a number", NumberAsync),
        new("trigger on an event and its data", EventAsync),
        new("trigger on a template", TemplateAsync),
        new("triggers on time know no context", TimeAsync),
        new("several triggers in one, with ids and variables", SeveralAsync),
        new("a wrong trigger is refused", WrongAsync),
    ];

    private static async Task StateAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OffAsync(visit.Client, token);
        var trigger = new JsonObject { ["platform"] = "state", ["entity_id"] = visit.Lamp.EntityId, ["to"] = "on" };
        await using var fired = await Heard<TriggerFired>.ListenAsync(visit.Client.SubscribeTrigger(trigger), token);
        var call = await visit.Lamp.OnAsync(visit.Client, 50, token);
        var first = await fired.NextAsync(token);
        Expect.Equal(("state", call.Context.Id), (first.Platform, first.Context.Id));
        Expect.Equal("off", first.Trigger.GetProperty("from_state").GetProperty("state").GetString());
        Expect.Equal("on", first.Trigger.GetProperty("to_state").GetProperty("state").GetString());
    }

    private static async Task NumberAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OnAsync(visit.Client, 50, token);
        var trigger = new JsonObject
        {
            ["platform"] = "numeric_state",
            ["entity_id"] = visit.Lamp.EntityId,
            ["attribute"] = "brightness",
            ["above"] = 100,
        };
        await using var fired = await Heard<TriggerFired>.ListenAsync(visit.Client.SubscribeTrigger(trigger), token);
        await visit.Lamp.OnAsync(visit.Client, 90, token);
        var call = await visit.Lamp.OnAsync(visit.Client, 150, token);
        var first = await fired.NextAsync(token);
        Expect.Equal(("numeric_state", call.Context.Id), (first.Platform, first.Context.Id));
        Expect.Equal(100, first.Trigger.GetProperty("above").GetDouble());
    }

    private static async Task EventAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("trigger");
        var trigger = new JsonObject { ["platform"] = "event", ["event_type"] = type, ["event_data"] = new JsonObject { ["n"] = 2 } };
        await using var fired = await Heard<TriggerFired>.ListenAsync(visit.Client.SubscribeTrigger(trigger), token);
        await visit.Client.FireEventAsync(type, new JsonObject { ["n"] = 1 }, token);
        await visit.Client.FireEventAsync(type, new JsonObject { ["n"] = 2 }, token);
        var first = await fired.NextAsync(token);
        Expect.Equal("event", first.Platform);
        Expect.Equal(2, first.Trigger.GetProperty("event").GetProperty("data").GetProperty("n").GetInt32());
    }

    private static async Task TemplateAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OffAsync(visit.Client, token);
        var trigger = new JsonObject { ["platform"] = "template", ["value_template"] = $"{{{{ is_state('{visit.Lamp.EntityId}', 'on') }}}}" };
        await using var fired = await Heard<TriggerFired>.ListenAsync(visit.Client.SubscribeTrigger(trigger), token);
        await visit.Lamp.OnAsync(visit.Client, 50, token);
        var first = await fired.NextAsync(token);
        Expect.Equal("template", first.Platform);
        Expect.Equal(visit.Lamp.EntityId, first.Trigger.GetProperty("entity_id").GetString());
    }

    private static async Task TimeAsync(Visit visit, CancellationToken token)
    {
        var trigger = new JsonObject { ["platform"] = "time_pattern", ["seconds"] = "/1" };
        await using var fired = await Heard<TriggerFired>.ListenAsync(visit.Client.SubscribeTrigger(trigger), token);
        var first = await fired.NextAsync(token);
        Expect.Equal(("time_pattern", ""), (first.Platform, first.Context.Id));
    }

    private static async Task SeveralAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("several");
        await visit.Lamp.OffAsync(visit.Client, token);
        var triggers = new JsonArray(
            new JsonObject { ["platform"] = "state", ["entity_id"] = visit.Lamp.EntityId, ["to"] = "on", ["id"] = "lamp" },
            new JsonObject { ["platform"] = "event", ["event_type"] = type, ["id"] = "bell" });
        var stream = visit.Client.SubscribeTrigger(triggers, new JsonObject { ["who"] = "live" });
        await using var fired = await Heard<TriggerFired>.ListenAsync(stream, token);
        await visit.Lamp.OnAsync(visit.Client, 50, token);
        var lamp = await fired.NextAsync(token);
        await visit.Client.FireEventAsync(type, cancellationToken: token);
        var bell = await fired.NextAsync(token);
        Expect.Equal(("lamp", "bell"), (lamp.Id, bell.Id));
        Expect.Equal("live", bell.Variables.GetProperty("who").GetString());
    }

    private static async Task WrongAsync(Visit visit, CancellationToken token)
    {
        var stream = visit.Client.SubscribeTrigger(new JsonObject { ["platform"] = Visit.NameOf("nonsense") });
        await Expect.RefusedAsync(Heard<TriggerFired>.ListenAsync(stream, token), "invalid_format", "home_assistant_error");
    }
}
