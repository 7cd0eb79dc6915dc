using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>What the client can take: several messages in one array, or not.</summary>
internal sealed class SupportedFeaturesCommand : ICommandHandler
{
    public string Type => "supported_features";

    public Schema? Schema { get; } = new(Field.Required("features", Checks.IntegerMap));

    public void Handle(CommandRequest request)
    {
        // Only its presence counts, and what was once turned on stays on.
        if (request["features"]!.Value.TryGetProperty("coalesce_messages", out JsonElement _)) request.Connection.Coalesces = true;
        request.Result();
    }
}
