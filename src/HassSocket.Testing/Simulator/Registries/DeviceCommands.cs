using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands about devices.</summary>
internal static class DeviceCommands
{
    private const string Type = "config/device_registry/";

    private static readonly string[] Changeable = ["area_id", "disabled_by", "labels", "name_by_user"];

    private static readonly Field Id = Field.Required("device_id", Checks.Text);

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        new FamilyCommand(Type + "list", request => request.Answer(Of(request).All)),
        new FamilyCommand(
            Type + "update", Update, Id, Field.Optional("area_id", RegistryChecks.TextOrNull), Field.Optional("disabled_by", RegistryChecks.TextOrNull),
            Field.Optional("labels", RegistryChecks.Texts), Field.Optional("name_by_user", RegistryChecks.TextOrNull)) { NeedsAdmin = true },
        new FamilyCommand(Type + "list_linked_devices", request => request.Result(new JsonObject { ["linked_devices"] = new JsonArray() }), Id),
        new FamilyCommand(Type + "remove", Remove, Id) { NeedsAdmin = true },
        new FamilyCommand(Type + "remove_config_entry", Remove, Id, Field.Required("config_entry_id", Checks.Text)) { NeedsAdmin = true },
    ];

    private static Registry Of(CommandRequest request) => request.House.Storage.Registries.Devices;

    private static void Update(CommandRequest request)
    {
        var device = Of(request).Get(request.Text("device_id"), "not_found", "Device not found");
        var changes = request.Given(Changeable).ToList();
        if (request["area_id"] is not null)
        {
            // Without a word in the event, as the real server does.
            device["next_name_part"] = request.Text("area_id") is not null ? "area" : device["parent_device_id"] is not null ? "parent_device" : null;
        }

        request.Result(Of(request).Change(device, changes, old => old));
    }

    private static void Remove(CommandRequest request)
    {
        _ = Of(request).Get(request.Text("device_id"), "home_assistant_error", "Unknown device");
        throw new SimulatedErrorException("home_assistant_error", "Config entry does not support device removal");
    }
}
