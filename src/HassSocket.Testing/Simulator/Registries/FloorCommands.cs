using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands about floors.</summary>
internal static class FloorCommands
{
    private const string Type = "config/floor_registry/";

    private static readonly Field[] Fields =
    [
        Field.Optional("aliases", RegistryChecks.Texts), Field.Optional("icon", RegistryChecks.TextOrNull), Field.Optional("level", RegistryChecks.IntegerOrNull),
    ];

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        new FamilyCommand(Type + "list", request => request.Answer(Of(request).All)),
        new FamilyCommand(Type + "create", Create, [Field.Required("name", Checks.Text), .. Fields]) { NeedsAdmin = true },
        new FamilyCommand(Type + "update", Update, [Field.Required("floor_id", Checks.Text), Field.Optional("name", Checks.Text), .. Fields]) { NeedsAdmin = true },
        new FamilyCommand(Type + "delete", Delete, Field.Required("floor_id", Checks.Text)) { NeedsAdmin = true },
        new FamilyCommand(Type + "reorder", Reorder, Field.Required("floor_ids", RegistryChecks.Texts)) { NeedsAdmin = true },
    ];

    private static Registry Of(CommandRequest request) => request.House.Storage.Registries.Floors;

    private static void Create(CommandRequest request)
    {
        var floors = Of(request);
        var name = request.Text("name")!;
        floors.CheckName(name);
        request.Result(floors.Add(new JsonObject
        {
            ["aliases"] = request.Node("aliases", new JsonArray()),
            ["created_at"] = null,
            ["floor_id"] = floors.NewId(name),
            ["icon"] = request.Node("icon"),
            ["level"] = request.Node("level"),
            ["name"] = name,
        }));
    }

    private static void Update(CommandRequest request)
    {
        var floor = Of(request).Get(request.Text("floor_id"), "unknown_error", "Unknown error");
        if (request.Text("name") is { } name) Of(request).CheckName(name, floor);
        request.Result(Of(request).Change(floor, request.Given(["name", .. Fields.Select(field => field.Name)])));
    }

    private static void Delete(CommandRequest request)
    {
        var id = request.Text("floor_id")!;
        Of(request).Remove(Of(request).Get(id, "invalid_info", "Floor ID doesn't exist"));
        request.House.Storage.Registries.Forget("floor_id", id);
        request.Result();
    }

    private static void Reorder(CommandRequest request)
    {
        Of(request).Order(request.Node("floor_ids").Texts());
        request.Result();
    }
}
