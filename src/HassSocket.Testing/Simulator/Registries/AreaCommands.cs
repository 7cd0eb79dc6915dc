using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands about areas.</summary>
internal static class AreaCommands
{
    private const string Type = "config/area_registry/";

    private static readonly Field[] Fields =
    [
        Field.Optional("aliases", RegistryChecks.Texts), Field.Optional("floor_id", RegistryChecks.TextOrNull),
        Field.Optional("humidity_entity_id", RegistryChecks.TextOrNull), Field.Optional("icon", RegistryChecks.TextOrNull),
        Field.Optional("labels", RegistryChecks.Texts), Field.Optional("picture", RegistryChecks.TextOrNull),
        Field.Optional("temperature_entity_id", RegistryChecks.TextOrNull),
    ];

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        new FamilyCommand(Type + "list", request => request.Answer(Of(request).All)),
        new FamilyCommand(Type + "create", Create, [Field.Required("name", Checks.Text), .. Fields]) { NeedsAdmin = true },
        new FamilyCommand(Type + "update", Update, [Field.Required("area_id", Checks.Text), Field.Optional("name", Checks.Text), .. Fields]) { NeedsAdmin = true },
        new FamilyCommand(Type + "delete", Delete, Field.Required("area_id", Checks.Text)) { NeedsAdmin = true },
        new FamilyCommand(Type + "reorder", Reorder, Field.Required("area_ids", RegistryChecks.Texts)) { NeedsAdmin = true },
    ];

    private static Registry Of(CommandRequest request) => request.House.Storage.Registries.Areas;

    private static void Create(CommandRequest request)
    {
        var areas = Of(request);
        var name = request.Text("name")!;
        areas.CheckName(name);
        request.Result(areas.Add(new JsonObject
        {
            ["aliases"] = request.Node("aliases", new JsonArray()),
            ["area_id"] = areas.NewId(name),
            ["floor_id"] = request.Node("floor_id"),
            ["humidity_entity_id"] = request.Node("humidity_entity_id"),
            ["icon"] = request.Node("icon"),
            ["labels"] = request.Node("labels", new JsonArray()),
            ["name"] = name,
            ["picture"] = request.Node("picture"),
            ["temperature_entity_id"] = request.Node("temperature_entity_id"),
        }));
    }

    private static void Update(CommandRequest request)
    {
        // The real server stumbles over an area that it does not know.
        var area = Of(request).Get(request.Text("area_id"), "unknown_error", "Unknown error");
        if (request.Text("name") is { } name) Of(request).CheckName(name, area);
        request.Result(Of(request).Change(area, request.Given(["name", .. Fields.Select(field => field.Name)])));
    }

    private static void Delete(CommandRequest request)
    {
        var id = request.Text("area_id")!;
        Of(request).Remove(Of(request).Get(id, "invalid_info", "Area ID doesn't exist"));
        request.House.Storage.Registries.Forget("area_id", id);
        request.Result("success");
    }

    private static void Reorder(CommandRequest request)
    {
        Of(request).Order(request.Node("area_ids").Texts());
        request.Result();
    }
}
