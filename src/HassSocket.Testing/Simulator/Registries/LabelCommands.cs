using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands about labels.</summary>
internal static class LabelCommands
{
    private const string Type = "config/label_registry/";

    private static readonly HashSet<string> ThemeColors =
    [
        "primary", "accent", "disabled", "red", "pink", "purple", "deep-purple", "indigo", "blue", "light-blue", "cyan", "teal", "green",
        "light-green", "lime", "yellow", "amber", "orange", "deep-orange", "brown", "light-grey", "grey", "dark-grey", "blue-grey", "black", "white",
    ];

    private static readonly Field[] Fields =
    [
        Field.Optional("color", Color), Field.Optional("description", RegistryChecks.TextOrNull), Field.Optional("icon", RegistryChecks.TextOrNull),
    ];

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        new FamilyCommand(Type + "list", request => request.Answer(Of(request).All)),
        new FamilyCommand(Type + "create", Create, [Field.Required("name", Checks.Text), .. Fields]) { NeedsAdmin = true },
        new FamilyCommand(Type + "update", Update, [Field.Required("label_id", Checks.Text), Field.Optional("name", Checks.Text), .. Fields]) { NeedsAdmin = true },
        new FamilyCommand(Type + "delete", Delete, Field.Required("label_id", Checks.Text)) { NeedsAdmin = true },
    ];

    private static Registry Of(CommandRequest request) => request.House.Storage.Registries.Labels;

    private static IEnumerable<string> Color(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Null) return [];
        if (value.ValueKind != JsonValueKind.String) return [$"expected str at {path}. Got {PythonText.Of(value)}"];
        var color = value.GetString()!;
        var isHex = color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit);
        return isHex || ThemeColors.Contains(color) ? [] : [$"Color should be in the format #RRGGBB at {path}. Got {PythonText.Of(color)}"];
    }

    private static void Create(CommandRequest request)
    {
        var labels = Of(request);
        var name = request.Text("name")!;
        labels.CheckName(name);
        request.Result(labels.Add(new JsonObject
        {
            ["color"] = request.Node("color"),
            ["created_at"] = null,
            ["description"] = request.Node("description"),
            ["icon"] = request.Node("icon"),
            ["label_id"] = labels.NewId(name),
            ["name"] = name,
        }));
    }

    private static void Update(CommandRequest request)
    {
        var label = Of(request).Get(request.Text("label_id"), "unknown_error", "Unknown error");
        if (request.Text("name") is { } name) Of(request).CheckName(name, label);
        request.Result(Of(request).Change(label, request.Given(["name", .. Fields.Select(field => field.Name)])));
    }

    private static void Delete(CommandRequest request)
    {
        var id = request.Text("label_id")!;
        Of(request).Remove(Of(request).Get(id, "invalid_info", "Label ID doesn't exist"));
        request.House.Storage.Registries.Forget("labels", id);
        request.Result();
    }
}
