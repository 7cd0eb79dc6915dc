using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Scripts: they run, and one of them takes its time.</summary>
internal static class ScriptServices
{
    private static readonly TimeSpan SlowTakes = TimeSpan.FromSeconds(15);

    public static void Teach(House house)
    {
        foreach (var name in (string[])["greet", "slow", "fail"])
            house.Services.Teach("script", name, call => RunAsync(house, call, $"script.{name}"));
        house.TeachEach("script", "turn_on", work => house.Own(RunAsync(house, work.Call, work.Entity.EntityId)));
    }

    private static async Task<JsonNode?> RunAsync(House house, SimulatedServiceCall call, string entityId)
    {
        house.Ticks.Run(() => Show(house, call, entityId, isRunning: true));
        if (entityId == "script.slow") await Task.Delay(SlowTakes, house.Time).ConfigureAwait(false);
        house.Ticks.Run(() => Show(house, call, entityId, isRunning: false));
        return null;
    }

    private static void Show(House house, SimulatedServiceCall call, string entityId, bool isRunning)
    {
        if (house.States.Find(entityId) is not { } script) return;
        var attributes = script.Attributes.DeepClone().AsObject();
        if (isRunning) attributes["last_triggered"] = IsoTime.Of(house.Now);
        attributes["current"] = isRunning ? 1 : 0;
        house.States.Set(entityId, isRunning ? "on" : "off", attributes, call.Context);
    }
}
