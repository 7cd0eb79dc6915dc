using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Commands that take nothing and only read, such as what a user interface asks first: they are answered as a real house did.</summary>
internal static class RecordedAnswers
{
    private static readonly string[] ForAll =
    [
        "assist_pipeline/language/list", "assist_pipeline/pipeline/list", "cloud/status", "config/device_registry/list_composite_splits",
        "config/entity_registry/settings/get", "conversation/agent/list", "energy/get_prefs", "energy/info", "frontend/get_themes",
        "frontend/get_version", "get_panels", "hardware/info", "integration/setup_info", "logger/log_info", "lovelace/config",
        "lovelace/dashboards/list", "lovelace/info", "lovelace/resources", "network/url", "recorder/info", "sensor/numeric_device_classes",
        "weather/convertible_units", "web_rtc/ice_servers",
    ];

    private static readonly string[] ForAdmins =
    [
        "analytics", "conversation/sentences/list", "homeassistant/expose_entity/list", "labs/list", "marketplace/critical/list", "network",
        "system_log/list", "trace/debug/breakpoint/list",
    ];

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        .. ForAll.Select(type => new FamilyCommand(type, Answer)),
        .. ForAdmins.Select(type => new FamilyCommand(type, Answer) { NeedsAdmin = true }),
        new FamilyCommand("frontend/get_user_data", request => request.Result(NoValue), Field.Optional("key", Checks.Text)),
        new FamilyCommand("frontend/subscribe_user_data", Subscribe, Field.Optional("key", Checks.Text)),
    ];

    private static JsonObject NoValue => new() { ["value"] = null };

    private static void Answer(CommandRequest request)
    {
        var answer = request.House.Storage.Answers[request.Type]!;
        if (answer["error"] is { } error) throw new SimulatedErrorException(error["code"].Text()!, error["message"].Text()!);
        request.Result(answer["result"]?.DeepClone());
    }

    private static void Subscribe(CommandRequest request)
    {
        request.Connection.Subscribe(request.Id, () => { });
        request.Event(NoValue);
        request.Result();
    }
}
