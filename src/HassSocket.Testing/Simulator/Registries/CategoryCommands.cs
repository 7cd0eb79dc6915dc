using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands about categories; each scope, such as <c>automation</c>, has its own.</summary>
internal static class CategoryCommands
{
    private const string Type = "config/category_registry/";

    private static readonly Field Scope = Field.Required("scope", Checks.Text);

    private static readonly Field Icon = Field.Optional("icon", RegistryChecks.TextOrNull);

    private static readonly Field Id = Field.Required("category_id", Checks.Text);

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        new FamilyCommand(Type + "list", request => request.Answer(Of(request).All), Scope),
        new FamilyCommand(Type + "create", Create, Scope, Field.Required("name", Checks.Text), Icon) { NeedsAdmin = true },
        new FamilyCommand(Type + "update", Update, Scope, Id, Field.Optional("name", Checks.Text), Icon) { NeedsAdmin = true },
        new FamilyCommand(Type + "delete", Delete, Scope, Id) { NeedsAdmin = true },
    ];

    private static Registry Of(CommandRequest request) => request.House.Storage.Registries.Categories(request.Text("scope")!);

    private static void Create(CommandRequest request)
    {
        var name = request.Text("name")!;
        Of(request).CheckName(name);
        request.Result(Of(request).Add(new JsonObject
        {
            ["category_id"] = Ulid.New(request.House.Now, request.House.Options.Random),
            ["created_at"] = null,
            ["icon"] = request.Node("icon"),
            ["modified_at"] = null,
            ["name"] = name,
        }));
    }

    private static void Update(CommandRequest request)
    {
        var category = Of(request).Get(request.Text("category_id"), "invalid_info", "Category ID doesn't exist");
        if (request.Text("name") is { } name) Of(request).CheckName(name, category);
        request.Result(Of(request).Change(category, request.Given("name", "icon")));
    }

    private static void Delete(CommandRequest request)
    {
        Of(request).Remove(Of(request).Get(request.Text("category_id"), "invalid_info", "Category ID doesn't exist"));
        request.Result();
    }
}
