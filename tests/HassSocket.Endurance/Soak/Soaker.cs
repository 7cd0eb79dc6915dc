using System.Globalization;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Endurance.Histories;
using HassSocket.Testing;

namespace HassSocket.Endurance.Soak;

/// <summary>One client over real sockets that is thrown out again and again, and flooded.</summary>
internal sealed class Soaker : IAsyncDisposable
{
    private const string EventType = "endurance_soak";
    private const int EventsAFrame = 500;
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(1);
    private readonly HomeAssistantSimulator _house;
    private readonly Counter _counter = new();
    private readonly HassSocketClient _client;
    private readonly Inside _inside;
    private readonly List<WeakReference> _sessions = [];
    private readonly IAsyncDisposable _listening;

    private Soaker(HassSocketClient client, HomeAssistantSimulator house)
    {
        (_client, _house, _inside) = (client, house, new Inside(client));
        _listening = client.OnEvent(EventType).With(new StreamOptions { Policy = OverflowPolicy.Lossless }).SubscribeAsync(_counter.TakeAsync);
    }

    public long Events => _counter.Count;

    public int Reconnects { get; private set; }

    public static async Task<Soaker> BeginAsync()
    {
        var house = new HomeAssistantSimulator(new HomeAssistantSimulatorOptions { StartsEmpty = true });
        await house.ListenAsync();
        var client = new HassSocketClient(new HassSocketOptions
        {
            BaseUrl = house.BaseUrl.ToString(),
            Token = house.Token,
            RetryInterval = TimeSpan.FromMilliseconds(1),
            MaxRetryInterval = TimeSpan.FromMilliseconds(5),
            StableAfter = TimeSpan.FromMilliseconds(1),
            SocketWarnRequestsPerSec = double.PositiveInfinity,
            SocketCrashRequestsPerSec = double.PositiveInfinity,
        });
        var soaker = new Soaker(client, house);
        await client.StartAsync();
        return soaker;
    }

    /// <summary>Loses the line in one of three ways, waits until it has healed, and uses it.</summary>
    public async Task ReconnectAsync()
    {
        var lost = _client.StateChanges.FirstAsync(change => change.Current != ConnectionState.Ready).ToTask();
        Break(Reconnects++ % 3);
        await lost.WaitAsync(HangGuard);
        await _client.StateChanges.FirstAsync(change => change.Current == ConnectionState.Ready).ToTask().WaitAsync(HangGuard);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _client.PingAsync())).WaitAsync(HangGuard);
        _sessions.Add(new WeakReference(_inside.Session));
        // The pings were answered after the subscription was.
        var last = _counter.Count + 10;
        for (var i = 0; i < 10; i++) _house.FireEvent(EventType, new JsonObject { ["n"] = _counter.Next() });
        await _counter.WhenAsync(last).WaitAsync(HangGuard);
    }

    /// <summary>Sends so many events, in large frames, never more than the server may have waiting.</summary>
    public async Task FloodAsync(int events)
    {
        var (line, id) = (_house.Connections[^1], SubscriptionId());
        for (var frames = 1; events > 0; frames++)
        {
            var count = Math.Min(events, EventsAFrame);
            // Together, so that the server joins them in one frame.
            _house.AtOnce(() =>
            {
                for (var i = 0; i < count; i++) line.SendRaw(Event(id));
            });
            events -= count;
            if (frames % 4 == 0 || events == 0) await _counter.WhenAsync(_counter.Last).WaitAsync(HangGuard);
        }
    }

    public Footprint Measure() => Footprint.Of(_inside, _house, _sessions);

    public async ValueTask DisposeAsync()
    {
        await _listening.DisposeAsync();
        await _client.DisposeAsync();
        await _house.DisposeAsync();
    }

    private void Break(int how)
    {
        if (how == 0) _house.Faults.DropAll();
        else if (how == 1) _house.Faults.ResetAll();
        else _house.Faults.CloseAll();
    }

    private int SubscriptionId()
    {
        foreach (var message in _house.Connections[^1].Received)
        {
            using var document = JsonDocument.Parse(message.Text);
            var commands = document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray()] : new[] { document.RootElement };
            foreach (var command in commands)
            {
                if (command.GetProperty("type").ValueEquals("subscribe_events")) return command.GetProperty("id").GetInt32();
            }
        }

        throw new InvalidOperationException("The client has not subscribed.");
    }

    private string Event(int id) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"id":{{id}},"type":"event","event":{"origin":"LOCAL","time_fired":"2026-01-01T00:00:00+00:00",
        "context":{"id":"01KDVKR6000000000000000000","parent_id":null,"user_id":null},
        "event_type":"{{EventType}}","data":{"n":{{_counter.Next()}} } } }
        """);
}
