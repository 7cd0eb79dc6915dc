using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands about to-do lists.</summary>
internal static class TodoCommands
{
    private static readonly string[] Members = ["summary", "uid", "status", "due", "description", "completed"];

    private static readonly Field Id = Field.Required("entity_id", Checks.Text);

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        new FamilyCommand("todo/item/list", List, Id),
        new FamilyCommand("todo/item/subscribe", Subscribe, Id),
        new FamilyCommand("todo/item/move", Move, Id, Field.Required("uid", Checks.Text), Field.Optional("previous_uid", RegistryChecks.TextOrNull)),
    ];

    /// <summary>Items with what there is to say about them.</summary>
    public static JsonObject Short(IEnumerable<JsonObject> items) => Items(items, isWhole: false);

    private static JsonObject Items(IEnumerable<JsonObject> items, bool isWhole)
    {
        var result = new JsonArray();
        foreach (var item in items)
        {
            var written = new JsonObject();
            foreach (var name in Members)
            {
                if (isWhole || item[name] is not null) written[name] = item[name]?.DeepClone();
            }

            result.Add((JsonNode)written);
        }

        return new JsonObject { ["items"] = result };
    }

    private static string Find(CommandRequest request, string code, string message) => request.Text("entity_id") is { } entityId
        && request.House.Storage.Todo.Exists(entityId) ? entityId : throw new SimulatedErrorException(code, message);

    private static void List(CommandRequest request) =>
        request.Result(Short(request.House.Storage.Todo.Of(Find(request, "not_found", "Entity not found"))));

    private static void Subscribe(CommandRequest request)
    {
        var entityId = Find(request, "invalid_entity_id", $"To-do list entity not found: {request.Text("entity_id")}");
        var lists = request.House.Storage.Todo;
        request.Connection.Subscribe(request.Id, lists.Listen(entityId, items => request.Event(Items(items, isWhole: true))));
        request.Result();
        request.Event(Items(lists.Of(entityId), isWhole: true));
    }

    private static void Move(CommandRequest request)
    {
        var entityId = Find(request, "not_found", "Entity not found");
        var lists = request.House.Storage.Todo;
        var previous = request.Text("previous_uid") is { } uid ? Item(lists, entityId, uid) : null;
        lists.Move(entityId, Item(lists, entityId, request.Text("uid")!), previous);
        request.Result();
    }

    private static JsonObject Item(TodoLists lists, string entityId, string uid) => lists.Of(entityId).FirstOrDefault(item => item["uid"].Text() == uid)
        ?? throw new SimulatedErrorException("failed", $"Item \"{uid}\" not found in to-do list {entityId}");
}
