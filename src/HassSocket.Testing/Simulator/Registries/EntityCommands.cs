using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands about the entries of entities.</summary>
internal static class EntityCommands
{
    private const string Type = "config/entity_registry/";

    private static readonly string[] Changeable = ["aliases", "area_id", "device_class", "disabled_by", "hidden_by", "icon", "labels", "name"];

    private static readonly Field Id = Field.Required("entity_id", Checks.Text);

    private static readonly Field Ids = Field.Required("entity_ids", RegistryChecks.Texts);

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        new FamilyCommand(Type + "list", request => request.Answer(Of(request).All.Select(EntityEntry.Short))),
        new FamilyCommand(Type + "list_for_display", ListForDisplay),
        new FamilyCommand(Type + "get", request => request.Result(Find(request).DeepClone()), Id),
        new FamilyCommand(Type + "get_entries", request => Each(request, entry => entry?.DeepClone()), Ids),
        new FamilyCommand(Type + "get_automatic_entity_ids", request => Each(request, entry => entry?["entity_id"]?.DeepClone()), Ids),
        new FamilyCommand(Type + "update", Update, [Id, .. Fields()]) { NeedsAdmin = true },
        new FamilyCommand(Type + "remove", Remove, Id) { NeedsAdmin = true },
    ];

    private static Registry Of(CommandRequest request) => request.House.Storage.Registries.Entities;

    private static JsonObject Find(CommandRequest request) => Of(request).Get(request.Text("entity_id"), "not_found", "Entity not found");

    private static IEnumerable<Field> Fields() =>
    [
        Field.Optional("aliases", RegistryChecks.Texts), Field.Optional("area_id", RegistryChecks.TextOrNull), Field.Optional("categories", Checks.Map),
        Field.Optional("device_class", RegistryChecks.TextOrNull), Field.Optional("disabled_by", RegistryChecks.TextOrNull),
        Field.Optional("hidden_by", RegistryChecks.TextOrNull), Field.Optional("icon", RegistryChecks.TextOrNull), Field.Optional("labels", RegistryChecks.Texts),
        Field.Optional("name", RegistryChecks.TextOrNull), Field.Optional("new_entity_id", Checks.Text),
        Field.Optional("options_domain", Checks.Text), Field.Optional("options", Checks.Anything),
    ];

    private static void Each(CommandRequest request, Func<JsonObject?, JsonNode?> read)
    {
        var result = new JsonObject();
        foreach (var id in request.Node("entity_ids").Texts()) result[id] = read(Of(request).Find(id));
        request.Result(result);
    }

    private static void ListForDisplay(CommandRequest request) => request.Result(new JsonObject
    {
        ["entity_categories"] = new JsonObject { ["0"] = "config", ["1"] = "diagnostic" },
        ["entities"] = new JsonArray([.. Of(request).All.Where(entry => entry["disabled_by"] is null).Select(EntityEntry.Display)]),
    });

    private static void Update(CommandRequest request)
    {
        var entry = Find(request);
        var newId = CheckNewId(request);
        var changes = request.Given(Changeable).ToList();
        if (request["categories"]?.ToNode() is JsonObject categories) changes.Add(new("categories", EntityEntry.Merge(entry["categories"]!.AsObject(), categories)));
        if (request.Text("options_domain") is { } domain)
        {
            var options = entry["options"]!.DeepClone().AsObject();
            options[domain] = request.Node("options");
            changes.Add(new("options", options));
        }

        var isEnabled = entry["disabled_by"] is not null && request["disabled_by"] is { ValueKind: System.Text.Json.JsonValueKind.Null };
        Of(request).Change(entry, changes, EntityEntry.Old);
        EntityEntry.NoteNamePart(entry);
        if (newId is not null) request.House.Storage.Registries.Rename(entry, newId);
        var result = new JsonObject { ["entity_entry"] = entry.DeepClone() };
        if (isEnabled) result["reload_delay"] = 30;
        request.Result(result);
    }

    private static string? CheckNewId(CommandRequest request)
    {
        if (request.Text("new_entity_id") is not { } newId || newId == request.Text("entity_id")) return null;
        if (newId.Split('.')[0] != request.Text("entity_id")!.Split('.')[0])
            throw new SimulatedErrorException("invalid_info", "New entity ID should be same domain");
        if (Of(request).Find(newId) is not null || request.House.States.Find(newId) is not null)
            throw new SimulatedErrorException("invalid_info", "Entity with this ID is already registered");
        return newId;
    }

    private static void Remove(CommandRequest request)
    {
        var entry = Find(request);
        Of(request).Remove(entry);
        request.House.States.Remove(entry["entity_id"].Text()!, request.House.NewContext());
        request.Result();
    }
}
