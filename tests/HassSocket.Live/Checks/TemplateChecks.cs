using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>Templates, rendered and followed.</summary>
internal static class TemplateChecks
{
    public static IEnumerable<Check> All =>
    [
        new("a template follows a state", FollowsAsync),
        new("a template gives native values", NativeAsync),
        new("a template with variables", VariablesAsync),
        new("a template that fails: events before the result", FailsAsync),
    ];

    private static async Task FollowsAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OffAsync(visit.Client, token);
        await using var values = await RenderAsync(visit, $"{{{{ states('{visit.Lamp.EntityId}') }}}}", token);
        var first = await values.NextAsync(token);
        Expect.Equal("off", first.GetProperty("result").GetString());
        Expect.Equal(visit.Lamp.EntityId, first.GetProperty("listeners").GetProperty("entities").EnumerateArray().Single().GetString());
        await visit.Lamp.OnAsync(visit.Client, 50, token);
        Expect.Equal("on", (await values.NextAsync(token)).GetProperty("result").GetString());
    }

    private static async Task NativeAsync(Visit visit, CancellationToken token)
    {
        await using var values = await RenderAsync(visit, "{{ {'a': 1, 'b': [1, 2.5, none, true]} }}", token);
        using var expected = JsonDocument.Parse("""{"a":1,"b":[1,2.5,null,true]}""");
        var result = (await values.NextAsync(token)).GetProperty("result");
        Expect.That(JsonElement.DeepEquals(expected.RootElement, result));
    }

    private static async Task VariablesAsync(Visit visit, CancellationToken token)
    {
        await using var values = await RenderAsync(visit, "{{ x + 1000 }}", token, new JsonObject { ["variables"] = new JsonObject { ["x"] = 7 } });
        Expect.Equal(1007, (await values.NextAsync(token)).GetProperty("result").GetInt32());
    }

    // The server tells of the failure before it has agreed, and again after it.
    private static async Task FailsAsync(Visit visit, CancellationToken token)
    {
        await using var values = await RenderAsync(visit, "{{ 1 / 0 }}", token, new JsonObject { ["report_errors"] = true });
        for (var i = 0; i < 2; i++)
        {
            var failure = await values.NextAsync(token);
            Expect.Equal("ERROR", failure.GetProperty("level").GetString());
            Expect.That(failure.GetProperty("error").GetString()!.Contains("division by zero", StringComparison.Ordinal));
        }
    }

    private static Task<Heard<JsonElement>> RenderAsync(Visit visit, string template, CancellationToken token, JsonObject? more = null)
    {
        var fields = more ?? [];
        fields["template"] = template;
        return Heard<JsonElement>.ListenAsync(visit.Client.Subscribe("render_template", fields), token);
    }
}
