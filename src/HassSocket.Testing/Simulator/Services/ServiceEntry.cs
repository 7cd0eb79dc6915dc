using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>One service: what it says about itself, and what it does.</summary>
internal sealed record ServiceEntry(JsonObject Description)
{
    /// <summary>What it does; <see langword="null"/> accepts every call and does nothing.</summary>
    public Func<SimulatedServiceCall, Task<JsonNode?>>? Run { get; init; }

    /// <summary>Whether it is the code of a test, which runs after the house's own work, outside the lock.</summary>
    public bool IsForeign { get; init; }

    public SimulatedResponse Response => Description["response"] is not { } response ? SimulatedResponse.None
        : response["optional"].IsTrue() ? SimulatedResponse.Optional
        : SimulatedResponse.Only;

    /// <summary>Whether it works on entities and must be told which.</summary>
    public bool NeedsTarget => Description["target"]?["entity"] is not null;

    public IEnumerable<KeyValuePair<string, JsonNode?>> Fields => Flatten(Description["fields"] as JsonObject ?? []);

    /// <summary>Sections only group fields for the eye.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Flatten(JsonObject fields)
        => fields.SelectMany(field => field.Value?["fields"] is JsonObject section ? Flatten(section) : [field]);
}
