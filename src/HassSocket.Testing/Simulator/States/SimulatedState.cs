using System.Text.Json.Nodes;

namespace HassSocket.Testing;

/// <summary>The state of an entity in the house at one moment.</summary>
/// <param name="EntityId">Which entity, such as <c>light.bed_light</c>.</param>
/// <param name="State">Its state; always a text.</param>
/// <param name="Attributes">Its attributes; not to be changed, use <see cref="HomeAssistantSimulator.SetState"/>.</param>
public sealed record SimulatedState(string EntityId, string State, JsonObject Attributes)
{
    /// <summary>When the state text last became another one.</summary>
    public required DateTimeOffset LastChanged { get; init; }

    /// <summary>When the state text or an attribute last changed.</summary>
    public required DateTimeOffset LastUpdated { get; init; }

    /// <summary>When the state was last written, changed or not.</summary>
    public required DateTimeOffset LastReported { get; init; }

    /// <summary>Who or what wrote it.</summary>
    public required SimulatedContext Context { get; init; }

    internal string Domain => EntityId[..EntityId.IndexOf('.', StringComparison.Ordinal)];
}
