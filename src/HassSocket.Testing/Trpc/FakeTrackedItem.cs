using System.Text.Json.Nodes;

namespace HassSocket.Testing;

/// <summary>An item of a subscription with the id behind which a client can resume.</summary>
/// <param name="Id">The id; must not be empty.</param>
/// <param name="Data">The item.</param>
public sealed record FakeTrackedItem(string Id, JsonNode? Data);
