using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Who may enter the house.</summary>
internal sealed class ListUsersCommand : ICommandHandler
{
    public string Type => "config/auth/list";

    public Schema? Schema => Schema.Nothing;

    public bool NeedsAdmin => true;

    public void Handle(CommandRequest request) => request.Result(new JsonArray([.. request.House.Users.All.Select(Describe)]));

    private static JsonNode? Describe(SimulatedUser user) => new JsonObject
    {
        ["id"] = user.Id,
        ["username"] = user.Name.ToLowerInvariant(),
        ["name"] = user.Name,
        ["is_owner"] = user.IsOwner,
        ["is_active"] = true,
        ["local_only"] = false,
        ["system_generated"] = false,
        ["group_ids"] = new JsonArray(user.IsAdmin ? "system-admin" : user.IsReadOnly ? "system-read-only" : "system-users"),
        ["credentials"] = new JsonArray(new JsonObject { ["type"] = "homeassistant" }),
    };
}
