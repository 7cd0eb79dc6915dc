using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>What the house thinks somebody should repair, and the commands about it.</summary>
internal sealed class IssueList(House house, JsonArray seed)
{
    private readonly JsonArray _issues = seed.DeepClone().AsArray();

    public static IEnumerable<ICommandHandler> Commands { get; } =
    [
        new FamilyCommand("repairs/list_issues", request => request.Result(
            new JsonObject { ["issues"] = request.House.Storage.Issues._issues.DeepClone() })) { NeedsAdmin = true },
        new FamilyCommand("repairs/get_issue_data", GetData, Field.Required("domain", Checks.Text), Field.Required("issue_id", Checks.Text)) { NeedsAdmin = true },
        new FamilyCommand(
            "repairs/ignore_issue", Ignore, Field.Required("domain", Checks.Text), Field.Required("issue_id", Checks.Text),
            Field.Required("ignore", Checks.Bool)) { NeedsAdmin = true },
    ];

    private static void GetData(CommandRequest request)
    {
        _ = request.House.Storage.Issues.Get(request);
        request.Result(new JsonObject { ["issue_data"] = null });
    }

    private static void Ignore(CommandRequest request)
    {
        var issue = request.House.Storage.Issues.Get(request);
        var isIgnored = request["ignore"]!.Value.GetBoolean();
        issue["ignored"] = isIgnored;
        issue["dismissed_version"] = isIgnored ? request.House.Options.Version : null;
        request.House.Storage.Issues.Tell(issue);
        request.Result();
    }

    private JsonObject Get(CommandRequest request) => _issues.Select(issue => issue!.AsObject())
        .FirstOrDefault(issue => issue["domain"].Text() == request.Text("domain") && issue["issue_id"].Text() == request.Text("issue_id"))
        ?? throw new SimulatedErrorException("unknown_issue", $"Issue '{request.Text("issue_id")}' not found");

    private void Tell(JsonObject issue) => house.Bus.Fire(HouseEvent.Of(
        "repairs_issue_registry_updated",
        new JsonObject { ["action"] = "update", ["domain"] = issue["domain"]!.DeepClone(), ["issue_id"] = issue["issue_id"]!.DeepClone() },
        house.NewContext(),
        house.Now));
}
