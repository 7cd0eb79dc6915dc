using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands about config entries and the manifests of integrations.</summary>
internal static class EntryCommands
{
    private static readonly Field Id = Field.Required("entry_id", Checks.Text);

    private static readonly Field Filter = Field.Optional("type_filter", RegistryChecks.Texts);

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        new FamilyCommand("config_entries/get", request => request.Answer(Select(request)), Field.Optional("domain", Checks.Text), Filter),
        new FamilyCommand("config_entries/get_single", GetSingle, Id) { NeedsAdmin = true },
        new FamilyCommand("config_entries/subscribe", Subscribe, Filter) { NeedsAdmin = true },
        new FamilyCommand(
            "config_entries/update", Update, Id, Field.Optional("title", Checks.Text),
            Field.Optional("pref_disable_new_entities", Checks.Bool), Field.Optional("pref_disable_polling", Checks.Bool)) { NeedsAdmin = true },
        new FamilyCommand("config_entries/disable", Disable, Id, Field.Required("disabled_by", RegistryChecks.TextOrNull)) { NeedsAdmin = true },
        new FamilyCommand("manifest/list", request => request.Answer(Of(request).Manifests), Field.Optional("integrations", RegistryChecks.Texts)),
        new FamilyCommand("manifest/get", GetManifest, Field.Required("integration", Checks.Text)),
    ];

    private static EntryList Of(CommandRequest request) => request.House.Storage.Entries;

    private static IEnumerable<JsonObject> Select(CommandRequest request)
    {
        var kinds = request.Node("type_filter").Texts();
        return Of(request).All.Where(entry => (request.Text("domain") is not { } domain || entry["domain"].Text() == domain) && Takes(request, entry, kinds));
    }

    private static bool Takes(CommandRequest request, JsonObject entry, IReadOnlyList<string> kinds) =>
        kinds.Count == 0 || kinds.Contains(Of(request).KindOf(entry["domain"].Text()));

    private static void GetSingle(CommandRequest request) =>
        request.Result(new JsonObject { ["config_entry"] = Of(request).Get(request.Text("entry_id")).DeepClone() });

    private static void Subscribe(CommandRequest request)
    {
        var kinds = request.Node("type_filter").Texts();
        request.Connection.Subscribe(request.Id, Of(request).Listen(entry =>
        {
            if (Takes(request, entry, kinds)) request.Event(new JsonArray(Change("updated", entry)));
        }));
        request.Result();
        request.Event(new JsonArray([.. Select(request).Select(entry => Change(null, entry))]));
    }

    private static JsonObject Change(string? type, JsonObject entry) => new() { ["type"] = type, ["entry"] = entry.DeepClone() };

    private static void Update(CommandRequest request)
    {
        var entry = Of(request).Get(request.Text("entry_id"));
        foreach (var (name, value) in request.Given("title", "pref_disable_new_entities", "pref_disable_polling")) entry[name] = value;
        request.Result(new JsonObject { ["config_entry"] = entry.DeepClone(), ["require_restart"] = false });
        Of(request).Tell(entry);
    }

    /// <summary>The answer comes first; then the entry is unloaded, or set up, step by step.</summary>
    private static void Disable(CommandRequest request)
    {
        var entry = Of(request).Get(request.Text("entry_id"));
        var isOff = request.Text("disabled_by") is not null;
        entry["disabled_by"] = request.Node("disabled_by");
        request.Result(new JsonObject { ["require_restart"] = false });
        string?[] steps = isOff ? [null, "unload_in_progress", "not_loaded"] : [null, "setup_in_progress", "loaded"];
        foreach (var step in steps)
        {
            if (step is not null) entry["state"] = step;
            Of(request).Tell(entry);
        }
    }

    private static void GetManifest(CommandRequest request) => request.Result(
        Of(request).Manifest(request.Text("integration"))?.DeepClone() ?? throw new SimulatedErrorException("not_found", "Integration not found"));
}
