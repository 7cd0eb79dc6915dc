using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Scripts: they run, and one of them takes its time. Whoever turns on one that runs already waits for its end.</summary>
internal sealed class ScriptServices
{
    private static readonly TimeSpan SlowTakes = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, TaskCompletionSource> _running = [];

    public void Teach(House house)
    {
        foreach (var name in (string[])["greet", "slow", "fail"])
            house.Services.Teach("script", name, call => RunAsync(house, call, $"script.{name}"));
        house.Services.Teach("script", "turn_on", async call =>
        {
            foreach (var script in call.Entities) await RunAsync(house, call, script.EntityId).ConfigureAwait(false);
            return null;
        });
    }

    private async Task<JsonNode?> RunAsync(House house, SimulatedServiceCall call, string entityId)
    {
        if (_running.TryGetValue(entityId, out var run))
        {
            await run.Task.ConfigureAwait(false);
            return null;
        }

        // Those who wait are answered before the one that began the run, as by the real server: so their code goes on at once.
        var ended = new TaskCompletionSource();
        house.Ticks.Run(() =>
        {
            _running[entityId] = ended;
            Show(house, call, entityId, isRunning: true);
        });
        if (entityId == "script.slow") await Task.Delay(SlowTakes, house.Time).ConfigureAwait(false);
        house.Ticks.Run(() =>
        {
            _running.Remove(entityId);
            Show(house, call, entityId, isRunning: false);
        });
        ended.TrySetResult();
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
