using System.Text.Json.Nodes;

namespace HassSocket.Testing;

/// <summary>A call of a service, for a handler of <see cref="HomeAssistantSimulator.AddService"/>.</summary>
/// <param name="House">Where it was called.</param>
/// <param name="Domain">The domain, in lower case.</param>
/// <param name="Service">The service, in lower case.</param>
/// <param name="Data">The service data, with the keys of the target as lists.</param>
/// <param name="Context">The context that the effects should carry.</param>
/// <param name="ReturnResponse">Whether the caller wants a response.</param>
public sealed record SimulatedServiceCall(
    HomeAssistantSimulator House, string Domain, string Service, JsonObject Data, SimulatedContext Context, bool ReturnResponse)
{
    /// <summary>Who calls; <see langword="null"/> when the house itself does.</summary>
    public SimulatedUser? User { get; init; }

    /// <summary>The entities that the call is about and that exist; <c>all</c> is all of the domain.</summary>
    public IReadOnlyList<SimulatedState> Entities { get; init; } = [];
}
