namespace HassSocket.Testing.Simulator;

/// <summary>Brings the events of one type, or of all, to a client.</summary>
internal sealed class SubscribeEventsCommand : ICommandHandler
{
    private static readonly HashSet<string> OpenToAll =
    [
        "area_registry_updated", "category_registry_updated", "component_loaded", "core_config_updated", "device_registry_updated",
        "entity_registry_updated", "floor_registry_updated", "label_registry_updated", "labs_updated", "lovelace_updated",
        "panels_updated", "recorder_5min_statistics_generated", "recorder_hourly_statistics_generated",
        "repairs_issue_registry_updated", "service_registered", "service_removed", "shopping_list_updated", "state_changed",
        "themes_updated",
    ];

    public string Type => "subscribe_events";

    public Schema? Schema { get; } = new(Field.Optional("event_type", Checks.Text));

    public void Handle(CommandRequest request)
    {
        var type = request.Text("event_type") ?? EventBus.All;
        if (!request.User.IsAdmin && !OpenToAll.Contains(type)) throw Errors.Unauthorized;
        if (type == "state_reported")
            throw new SimulatedErrorException("home_assistant_error", "Event filter is required for event state_reported");

        request.Connection.Subscribe(request.Id, request.House.Bus.Listen(type, fired => request.EventIdLast(fired.Json)));
        request.Result();
    }
}
