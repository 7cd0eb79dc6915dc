using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The services of the house itself: on and off for anything, and the end of the server.</summary>
internal static class HomeAssistantServices
{
    private const string Domain = "homeassistant";

    public static void Teach(House house)
    {
        foreach (var service in (string[])["turn_on", "turn_off", "toggle"])
            house.Services.Teach(Domain, service, call => ForwardAsync(house, call));
        house.Services.Teach(Domain, "restart", _ => End(() => house.Lifecycle.Restart(new SimulatedRestart())));
        house.Services.Teach(Domain, "stop", _ => End(() => house.Lifecycle.Stop()));
    }

    /// <summary>Lets the service of the same name of each entity's domain do it.</summary>
    private static async Task<JsonNode?> ForwardAsync(House house, SimulatedServiceCall call)
    {
        foreach (var group in call.Entities.SelectMany(entity => Members(house, entity)).DistinctBy(entity => entity.EntityId).GroupBy(entity => entity.Domain))
        {
            if (house.Services.Find(group.Key, call.Service)?.Run is { } run)
                await run(call with { Domain = group.Key, Entities = [.. group] }).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>A group stands for its members.</summary>
    private static IEnumerable<SimulatedState> Members(House house, SimulatedState entity)
        => entity.Domain == "group" ? entity.Attributes["entity_id"].Texts().Select(house.States.Find).OfType<SimulatedState>() : [entity];

    private static Task<JsonNode?> End(Action end)
    {
        end();
        throw new ServerStoppingException();
    }
}
