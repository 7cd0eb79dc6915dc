using System.Text.Json.Nodes;
using HassSocket.Testing;

namespace HassSocket.Tests.Support;

/// <summary>A client whose server is the test: it says what a recording says.</summary>
internal sealed class PlayedHouse : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryTransportFactory _transports;
    private readonly Inbox<ConnectionStateChange> _states = new();
    private readonly Queue<JsonObject> _asked = [];
    private MemoryConnection? _server;

    public PlayedHouse()
    {
        _transports = new MemoryTransportFactory(_clock);
        var options = new HassSocketOptions { BaseUrl = "http://house.test", Token = "token" };
        Client = new HassSocketClient(options, null, _clock, _transports);
        Client.StateChanges.Subscribe(_states);
    }

    public HassSocketClient Client { get; }

    private MemoryConnection Server => _server ?? throw new InvalidOperationException("Nobody has connected yet.");

    /// <summary>Lets the client in, for the first time or again.</summary>
    public async Task AdmitAsync()
    {
        if (_server is not null) await LoseAsync();
        var start = Client.StartAsync();
        _server = await _transports.NextConnectionAsync();
        Server.Send("""{"type":"auth_required","ha_version":"2026.11.0"}""");
        await Server.ReadAsync();
        Server.Send("""{"type":"auth_ok","ha_version":"2026.11.0"}""");
        await start.WaitAsync(Home.Guard);
        await AnswerAsync("supported_features");
    }

    /// <summary>Answers the next command, which is of this type.</summary>
    /// <returns>Its id.</returns>
    public async Task<int> AnswerAsync(string type)
    {
        while (true)
        {
            if (_asked.Count == 0) foreach (var command in Commands(await Server.ReadAsync())) _asked.Enqueue(command);
            var next = _asked.Dequeue();
            var id = (int)next["id"]!;
            Server.Send(type == "ping" ? $$"""{"id":{{id}},"type":"pong"}""" : $$"""{"id":{{id}},"type":"result","success":true,"result":null}""");
            if ((string?)next["type"] == type) return id;
        }
    }

    /// <summary>Says an event, and waits until the client has dealt with it.</summary>
    public async Task SayAsync(int subscription, JsonNode payload)
    {
        Server.Send($$"""{"id":{{subscription}},"type":"event","event":{{payload.ToJsonString()}}}""");
        var settled = Client.PingAsync();
        await AnswerAsync("ping");
        await settled.WaitAsync(Home.Guard);
    }

    public async ValueTask DisposeAsync() => await Client.DisposeAsync().AsTask().WaitAsync(Home.Guard);

    private async Task LoseAsync()
    {
        _asked.Clear();
        Server.Close();
        var lost = await _states.NextAsync(change => change.Current == ConnectionState.Backoff);
        // Timers count whole milliseconds.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((lost.NextAttemptIn ?? TimeSpan.Zero).TotalMilliseconds));
        if (wait <= TimeSpan.Zero) return;
        await _clock.WaitForTimersAsync(timers => timers.Any(due => due > TimeSpan.Zero && due <= wait));
        _clock.Advance(wait);
    }

    private static IEnumerable<JsonObject> Commands(string message) =>
        JsonNode.Parse(message) is JsonArray several ? several.Select(one => one!.AsObject()) : [JsonNode.Parse(message)!.AsObject()];
}
