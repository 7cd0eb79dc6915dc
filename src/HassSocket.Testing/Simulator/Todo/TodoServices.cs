using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The services about to-do lists.</summary>
internal static class TodoServices
{
    private const string Domain = "todo";

    public static void Teach(House house)
    {
        house.TeachEach(Domain, "add_item", Add);
        house.TeachEach(Domain, "update_item", Update);
        house.TeachEach(Domain, "remove_item", Remove);
        house.TeachEach(Domain, "remove_completed_items", work => Of(work).Remove(
            work.Entity.EntityId, item => item["status"].Text() == "completed", work.Call.Context));
        house.Services.Teach(Domain, "get_items", call =>
        {
            var statuses = call.Data["status"].Texts();
            var response = new JsonObject();
            foreach (var list in call.Entities)
            {
                var items = house.Storage.Todo.Of(list.EntityId).Where(item => statuses.Count == 0 || statuses.Contains(item["status"].Text()!));
                response[list.EntityId] = TodoCommands.Short(items);
            }

            return Task.FromResult<JsonNode?>(response);
        });
    }

    private static TodoLists Of(EntityWork work) => work.House.Storage.Todo;

    private static void Add(EntityWork work)
    {
        if (work.Data["item"].Text() is not { Length: > 0 } summary) throw Errors.InvalidFormat("value must not be empty at 'item'");
        Of(work).Add(
            work.Entity.EntityId,
            new JsonObject
            {
                ["summary"] = summary,
                ["status"] = "needs_action",
                ["due"] = Due(work.Data),
                ["description"] = work.Data["description"]?.DeepClone(),
            },
            work.Call.Context);
    }

    private static void Update(EntityWork work)
    {
        var item = Find(work, work.Data["item"].Text() ?? "");
        if (work.Data["rename"].Text() is { } name) item["summary"] = name;
        if (work.Data["description"] is { } description) item["description"] = description.DeepClone();
        if (Due(work.Data) is { } due) item["due"] = due;
        if (work.Data["status"].Text() is { } status)
        {
            item["status"] = status;
            item["completed"] = status == "completed" ? IsoTime.Of(work.House.Now) : null;
        }

        Of(work).Tell(work.Entity.EntityId, work.Call.Context);
    }

    private static void Remove(EntityWork work)
    {
        var gone = (work.Data["item"] is JsonArray several ? several.Texts() : [work.Data["item"].Text() ?? ""]).Select(item => Find(work, item)).ToHashSet();
        Of(work).Remove(work.Entity.EntityId, gone.Contains, work.Call.Context);
    }

    private static JsonObject Find(EntityWork work, string item) => Of(work).Find(work.Entity.EntityId, item)
        ?? throw Errors.Validation(Domain, $"Unable to find to-do list item: {item}", "item_not_found", new JsonObject { ["item"] = item });

    private static JsonNode? Due(JsonObject data) => (data["due_date"] ?? data["due_datetime"])?.DeepClone();
}
