using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>An error of each code that a command can be answered with; <c>unauthorized</c> is among the users' checks.</summary>
internal static class ErrorChecks
{
    public static IEnumerable<Check> All =>
    [
        new("error invalid_format", InvalidFormatAsync),
        new("error unknown_command", UnknownCommandAsync),
        new("error not_found, with its translation", NotFoundAsync),
        new("error home_assistant_error", HomeAssistantErrorAsync),
        new("error service_validation_error", ServiceValidationErrorAsync),
        new("error template_error", TemplateErrorAsync),
        new("error invalid_info, of a registry", InvalidInfoAsync),
        new("error invalid_start_time, of the history", InvalidStartTimeAsync),
        new("one request, two answers", TwoAnswersAsync),
        new("a subscription that is refused", RefusedSubscriptionAsync),
    ];

    private static async Task InvalidFormatAsync(Visit visit, CancellationToken token)
    {
        await Expect.RefusedAsync(visit.Client.SendMessageAsync("ping", new JsonObject { ["extra"] = 1 }, token), "invalid_format");
        await Expect.RefusedAsync(visit.Client.SendMessageAsync("fire_event", null, token), "invalid_format");
    }

    private static async Task UnknownCommandAsync(Visit visit, CancellationToken token)
    {
        var refusal = await Expect.RefusedAsync(visit.Client.SendMessageAsync(Visit.NameOf("nonsense"), null, token), "unknown_command");
        Expect.Equal(Visit.NameOf("nonsense"), refusal.Command);
    }

    private static async Task NotFoundAsync(Visit visit, CancellationToken token)
    {
        var refusal = await Expect.RefusedAsync(visit.Client.CallServiceAsync("light", Visit.NameOf("fly"), cancellationToken: token), "not_found");
        Expect.Equal("service_not_found", refusal.TranslationKey);
        Expect.Equal("homeassistant", refusal.TranslationDomain);
        Expect.Equal(Visit.NameOf("fly"), refusal.TranslationPlaceholders.GetValueOrDefault("service"));
    }

    private static async Task HomeAssistantErrorAsync(Visit visit, CancellationToken token)
    {
        var tooLong = Visit.NameOf(new string('x', 64));
        await Expect.RefusedAsync(visit.Client.FireEventAsync(tooLong, cancellationToken: token), "home_assistant_error");
    }

    private static async Task ServiceValidationErrorAsync(Visit visit, CancellationToken token)
    {
        var call = visit.Client.CallServiceWithResponseAsync("light", "turn_on", target: Target.Entity(visit.Lamp.EntityId), cancellationToken: token);
        var refusal = await Expect.RefusedAsync(call, "service_validation_error", "unknown_error");
        if (refusal.Code == "unknown_error") throw new NotApplicableException("this version has no such code for it: it says unknown_error");
        Expect.Equal("service_does_not_support_response", refusal.TranslationKey);
    }

    private static async Task TemplateErrorAsync(Visit visit, CancellationToken token)
    {
        var fields = new JsonObject
        {
            ["template"] = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            ["timeout"] = 0.1,
        };
        await Expect.RefusedAsync(visit.Client.SendMessageAsync("render_template", fields, token), "template_error");
    }

    private static async Task InvalidInfoAsync(Visit visit, CancellationToken token)
    {
        var fields = new JsonObject { ["area_id"] = Visit.NameOf("nowhere") };
        await Expect.RefusedAsync(visit.Client.SendMessageAsync("config/area_registry/delete", fields, token), "invalid_info");
    }

    private static async Task InvalidStartTimeAsync(Visit visit, CancellationToken token)
    {
        visit.Needs("history");
        var fields = new JsonObject { ["start_time"] = "yesterday", ["entity_ids"] = new JsonArray(visit.Lamp.EntityId) };
        await Expect.RefusedAsync(visit.Client.SendMessageAsync("history/history_during_period", fields, token), "invalid_start_time");
    }

    // The server answers with an error, and with success after it.
    private static async Task TwoAnswersAsync(Visit visit, CancellationToken token)
    {
        visit.Needs("input_boolean");
        var fields = new JsonObject { ["input_boolean_id"] = Visit.NameOf("nowhere") };
        await Expect.RefusedAsync(visit.Client.SendMessageAsync("input_boolean/delete", fields, token), "not_found");
        await visit.Client.PingAsync(cancellationToken: token);
    }

    private static async Task RefusedSubscriptionAsync(Visit visit, CancellationToken token)
    {
        var stream = visit.Client.Subscribe("render_template", new JsonObject { ["template"] = 5 });
        await Expect.RefusedAsync(Heard<JsonElement>.ListenAsync(stream, token), "invalid_format");
        using var consumer = stream.Subscribe(_ => { }, _ => { });
        var status = await stream.StatusChanges.FirstAsync(status => status.State != SubscriptionState.Pending).ToTask(token);
        Expect.Equal(SubscriptionState.Refused, status.State);
    }
}
