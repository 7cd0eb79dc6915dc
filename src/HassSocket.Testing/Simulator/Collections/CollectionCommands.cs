using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The five commands of each kind of thing that users make themselves: list, create, update, delete, subscribe.</summary>
internal static class CollectionCommands
{
    public static IEnumerable<ICommandHandler> All { get; } = [.. CollectionKinds.All.SelectMany(Of)];

    private static IEnumerable<ICommandHandler> Of(CollectionKind kind)
    {
        var id = Field.Required(kind.IdName, Checks.Text);
        var others = kind.Fields.Where(field => field.Name != kind.IdName).ToArray();
        // A kind that keeps the rest takes any part of it.
        var parts = kind.KeepsTheRest ? others.Select(field => field with { IsRequired = false }) : others;
        yield return new FamilyCommand(kind.Domain + "/list", request => request.Answer(Set(request).Of(kind)));
        yield return new FamilyCommand(kind.Domain + "/subscribe", request => Subscribe(kind, request));
        yield return new FamilyCommand(kind.Domain + "/create", request => Create(kind, request), [NameOf(kind), .. kind.Fields]) { NeedsAdmin = true };
        yield return new FamilyCommand(kind.Domain + "/update", request => Update(kind, request), [id, NameOf(kind) with { IsRequired = !kind.KeepsTheRest }, .. parts])
        {
            NeedsAdmin = true,
        };
        yield return new FamilyCommand(kind.Domain + "/delete", request => Delete(kind, request), id) { NeedsAdmin = true };
    }

    private static Field NameOf(CollectionKind kind) => kind.Domain == "tag" ? Field.Optional("name", Checks.Text) : Field.Required("name", Checks.Text);

    private static CollectionSet Set(CommandRequest request) => request.House.Storage.Collections;

    private static JsonObject Given(CommandRequest request, string? except = null)
    {
        var given = request.Message.ToObject();
        foreach (var name in (string?[])["id", "type", except])
        {
            if (name is not null) given.Remove(name);
        }

        return given;
    }

    private static void Subscribe(CollectionKind kind, CommandRequest request)
    {
        request.Connection.Subscribe(request.Id, Set(request).Listen(kind, (change, item) => request.Event(new JsonArray(Change(kind, change, item)))));
        request.Result();
        request.Event(new JsonArray([.. Set(request).Of(kind).Select(item => Change(kind, "added", item))]));
    }

    private static JsonObject Change(CollectionKind kind, string change, JsonObject item) => new()
    {
        ["change_type"] = change,
        [kind.IdName] = item["id"]!.DeepClone(),
        ["item"] = item.DeepClone(),
    };

    private static void Create(CollectionKind kind, CommandRequest request) => request.Result(Set(request).Add(kind, Given(request)).DeepClone());

    private static void Update(CollectionKind kind, CommandRequest request)
    {
        var item = Set(request).Find(kind, request.Text(kind.IdName)) ?? throw NotFound(kind, request);
        request.Result(Set(request).Change(kind, item, Given(request, kind.IdName)).DeepClone());
    }

    private static void Delete(CollectionKind kind, CommandRequest request)
    {
        // The real server answers twice where there is nothing to delete.
        if (Set(request).Find(kind, request.Text(kind.IdName)) is { } item) Set(request).Remove(kind, item);
        else request.Fail(NotFound(kind, request));
        request.Result();
    }

    private static SimulatedErrorException NotFound(CollectionKind kind, CommandRequest request) =>
        new("not_found", $"Unable to find {kind.IdName} {request.Text(kind.IdName)}");
}
