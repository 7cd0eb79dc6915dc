using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>Conditions.</summary>
internal static class ConditionChecks
{
    public static IEnumerable<Check> All =>
    [
        new("condition on a state", StateAsync),
        new("condition on a number", NumberAsync),
        new("condition on a template, with variables", TemplateAsync),
        new("conditions within conditions", NestedAsync),
        new("a wrong condition is refused", WrongAsync),
        new("a condition on an unknown entity ends, answered or not", UnknownEntityAsync),
        new("a condition that is followed", FollowedAsync),
    ];

    private static async Task StateAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OnAsync(visit.Client, 50, token);
        Expect.That(await TestAsync(visit, LampIs(visit, "on"), token));
        Expect.That(!await TestAsync(visit, LampIs(visit, "off"), token));
    }

    private static async Task NumberAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OnAsync(visit.Client, 50, token);
        Expect.That(await TestAsync(visit, Brighter(49), token));
        Expect.That(!await TestAsync(visit, Brighter(50), token));

        JsonObject Brighter(int than) => new()
        {
            ["condition"] = "numeric_state",
            ["entity_id"] = visit.Lamp.EntityId,
            ["attribute"] = "brightness",
            ["above"] = than,
        };
    }

    private static async Task TemplateAsync(Visit visit, CancellationToken token)
    {
        var condition = new JsonObject { ["condition"] = "template", ["value_template"] = "{{ x == 1 }}" };
        Expect.That(await TestAsync(visit, condition, token, new JsonObject { ["x"] = 1 }));
        Expect.That(!await TestAsync(visit, condition, token, new JsonObject { ["x"] = 2 }));
    }

    private static async Task NestedAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OnAsync(visit.Client, 50, token);
        var (on, off) = (LampIs(visit, "on"), LampIs(visit, "off"));
        Expect.That(await TestAsync(visit, Of("or", off, on), token));
        Expect.That(!await TestAsync(visit, Of("and", off, on), token));
        Expect.That(await TestAsync(visit, Of("not", off), token));

        static JsonObject Of(string word, params JsonNode[] conditions) =>
            new() { ["condition"] = word, ["conditions"] = new JsonArray([.. conditions.Select(condition => condition.DeepClone())]) };
    }

    private static async Task WrongAsync(Visit visit, CancellationToken token)
    {
        var test = TestAsync(visit, new JsonObject { ["condition"] = Visit.NameOf("nonsense") }, token);
        await Expect.RefusedAsync(test, "invalid_format", "home_assistant_error");
    }

    // Versions before 2026 never answer: only our timeout ends it.
    private static async Task UnknownEntityAsync(Visit visit, CancellationToken token)
    {
        var condition = new JsonObject { ["condition"] = "state", ["entity_id"] = $"light.{Visit.NameOf("nowhere")}", ["state"] = "on" };
        var command = new RawCommand("test_condition", new JsonObject { ["condition"] = condition }) { ExpectResponseAfter = TimeSpan.FromSeconds(3) };
        var end = await Expect.ThrowsAsync<HassSocketException>(visit.Client.SendMessageAsync(command, token));
        Expect.That(end is ResponseTimeoutException or HassCommandException { Code: "home_assistant_error" });
        await visit.Client.PingAsync(cancellationToken: token);
    }

    private static async Task FollowedAsync(Visit visit, CancellationToken token)
    {
        visit.Since(2026, 6, "subscribe_condition");
        await visit.Lamp.OffAsync(visit.Client, token);
        var stream = visit.Client.Subscribe("subscribe_condition", new JsonObject { ["condition"] = LampIs(visit, "on") });
        await using var results = await Heard<JsonElement>.ListenAsync(stream, token);
        Expect.Equal("false", (await results.NextAsync(token)).GetProperty("result").GetRawText());
        await visit.Lamp.OnAsync(visit.Client, 50, token);
        Expect.Equal("true", (await results.NextAsync(token)).GetProperty("result").GetRawText());
    }

    private static JsonObject LampIs(Visit visit, string state) =>
        new() { ["condition"] = "state", ["entity_id"] = visit.Lamp.EntityId, ["state"] = state };

    private static async Task<bool> TestAsync(Visit visit, JsonObject condition, CancellationToken token, JsonObject? variables = null)
    {
        var fields = new JsonObject { ["condition"] = condition.DeepClone() };
        if (variables is not null) fields["variables"] = variables;
        return (await visit.Client.SendMessageAsync("test_condition", fields, token)).GetProperty("result").GetBoolean();
    }
}
