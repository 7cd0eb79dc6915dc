using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HassSocket.Testing;

namespace HassSocket.Endurance.Histories;

/// <summary>A clock and a house, used for many histories because a house takes long to build.</summary>
internal sealed class World
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _held = new();
    private readonly ConcurrentDictionary<long, int> _executed = new();

    public World(int seed)
    {
        House = new HomeAssistantSimulator(new HomeAssistantSimulatorOptions { TimeProvider = Clock, StartsEmpty = true, Random = new Random(seed) });
        House.OnCommand(Nonce.Echo, command => Task.FromResult<JsonNode?>(Answer(command)));
        House.OnCommand(Nonce.Refused, command =>
        {
            _ = Note(command);
            throw new SimulatedErrorException("endurance_refused", "As it was asked to.");
        });
        House.OnCommand(Nonce.Held, command =>
        {
            var (answer, held) = (Answer(command), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _held[(long)answer["nonce"]!] = held;
            return AnswerWhenAsync(held.Task, answer);
        });
        Timers = Clock.ActiveTimers;
    }

    public ManualTimeProvider Clock { get; } = new();

    public HomeAssistantSimulator House { get; }

    /// <summary>How many timers there are while nobody is connected.</summary>
    public int Timers { get; }

    /// <summary>How many commands the house holds back.</summary>
    public int Held => _held.Count;

    public int Histories { get; set; }

    public IReadOnlyList<SimulatedConnection> Open => [.. House.Connections.Where(connection => connection.IsOpen)];

    public int Executed(long number) => _executed.GetValueOrDefault(number);

    public void Release(int atMost = int.MaxValue)
    {
        foreach (var number in _held.Keys.Order().Take(atMost))
        {
            if (_held.TryRemove(number, out var held)) held.TrySetResult();
        }
    }

    /// <summary>Makes the house forget a history.</summary>
    public void Clear()
    {
        Histories++;
        _executed.Clear();
        foreach (var state in House.States) House.RemoveEntity(state.EntityId);
    }

    private static async Task<JsonNode?> AnswerWhenAsync(Task released, JsonObject answer)
    {
        await released;
        return answer;
    }

    private JsonObject Answer(SimulatedCommand command)
    {
        var number = Note(command);
        return new JsonObject { ["nonce"] = number, ["text"] = Payload.Of(number, command.Message.GetProperty("size").GetInt32()) };
    }

    private long Note(SimulatedCommand command)
    {
        var number = command.Message.GetProperty("nonce").GetInt64();
        _executed.AddOrUpdate(number, 1, (_, count) => count + 1);
        return number;
    }
}
