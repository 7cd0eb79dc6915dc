using System.Globalization;
using System.Text;
using System.Text.Json;
using HassSocket.Testing;

namespace HassSocket.Endurance.Fuzz;

/// <summary>A whole client with calls and subscriptions under way, and a server that says what it should not.</summary>
internal sealed class Victim
{
    private const int FramesATime = 20;
    private readonly ManualTimeProvider _clock = new();
    private readonly CountedTransports _transports;
    private readonly HassSocketClient _client;
    private readonly Mutator _mutator;
    private readonly Random _random;
    private readonly List<Task> _calls = [];
    private readonly List<Listener> _listeners = [];
    private readonly List<string> _recent = [];
    private Task<MemoryConnection> _dialled;
    private MemoryConnection? _line;
    private int _ids;

    public Victim(IReadOnlyList<byte[]> frames, int seed)
    {
        _random = new Random(seed);
        _mutator = new Mutator(frames, _random);
        _transports = new CountedTransports(_clock);
        _dialled = _transports.NextConnectionAsync();
        _client = new HassSocketClient(
            new HassSocketOptions
            {
                BaseUrl = "http://house.invalid:8123",
                Token = "a-token",
                MaxMessageBytes = 512 * 1024,
                MaxRetryInterval = TimeSpan.FromSeconds(2),
                ExpectResponseAfter = TimeSpan.FromSeconds(60),
                SocketWarnRequestsPerSec = double.PositiveInfinity,
                SocketCrashRequestsPerSec = double.PositiveInfinity,
            },
            null,
            _clock,
            _transports);
    }

    public int Frames { get; private set; }

    public Outcomes Outcomes { get; } = new();

    public string? Complaint { get; private set; }

    /// <summary>The last frames, for whoever looks for the reason.</summary>
    public IEnumerable<string> Recent => _recent;

    /// <summary>Goes from moment to moment; between two of them everything has to come to rest.</summary>
    public IEnumerator<int> Live()
    {
        while (Complaint is null)
        {
            for (var opening = Open(); opening.MoveNext();) yield return 0;
            if (_client.State != ConnectionState.Ready) continue;
            Ask();
            yield return 0;
            Answer();
            yield return 0;
            var read = _transports.Read;
            for (var i = 0; i < FramesATime; i++) Say(_mutator.Next(_ids), _line!);
            yield return 0;
            // What was said behind the end of a session does not count: nobody read it.
            Frames += _transports.Read - read;
            Judge();
            if (_client.State != ConnectionState.Ready) continue;
            for (var probe = Probe(); probe.MoveNext();) yield return 0;
        }
    }

    public ValueTask EndAsync() => _client.DisposeAsync();

    private IEnumerator<int> Open()
    {
        for (var rounds = 0; _client.State != ConnectionState.Ready; rounds++)
        {
            if (rounds > 100) Complaint = $"It never becomes ready again; it is {_client.State}.";
            if (Complaint is not null) yield break;
            if (_client.State is ConnectionState.Stopped or ConnectionState.Faulted) _ = _client.StartAsync().ContinueWith(start => start.Exception, TaskScheduler.Default);
            yield return rounds;
            if (_dialled.IsCompletedSuccessfully)
            {
                (_line, _dialled) = (_dialled.Result, _transports.NextConnectionAsync());
                LogIn(_line, "{\"type\":\"auth_required\",\"ha_version\":\"2026.11.0\"}");
                yield return rounds;
                LogIn(_line, "{\"type\":\"auth_ok\",\"ha_version\":\"2026.11.0\"}");
                yield return rounds;
            }

            if (_client.State != ConnectionState.Ready) _clock.Advance(TimeSpan.FromSeconds(4));
        }

        _ids = 1;
    }

    // Now and then the login is no better than the rest.
    private void LogIn(MemoryConnection line, string text)
    {
        if (_random.Next(20) == 0)
        {
            Say(_mutator.Next(0), line);
        }

        line.Send(text);
    }

    private void Ask()
    {
        while (_calls.Count < 4)
        {
            _calls.Add(_random.Next(6) switch
            {
                0 => _client.GetStatesAsync(),
                1 => _client.GetConfigAsync(),
                2 => _client.GetServicesAsync(),
                3 => _client.PingAsync(),
                4 => _client.FireEventAsync("an_event"),
                _ => _client.SendMessageAsync("config/area_registry/list"),
            });
        }

        _listeners.RemoveAll(listener => listener.HasEnded);
        while (_listeners.Count < 4) _listeners.Add(new Listener(_client, _random.Next(5)));
    }

    /// <summary>What was asked last is known; subscriptions are mostly granted, so that events have somewhere to go.</summary>
    private void Answer()
    {
        while (_line!.TryRead(out var message))
        {
            using var document = JsonDocument.Parse(message);
            foreach (var command in document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray()] : new[] { document.RootElement })
            {
                if (!command.TryGetProperty("id", out var id)) continue;
                _ids = Math.Max(_ids, id.GetInt32());
                var type = command.GetProperty("type").GetString()!;
                var isWish = type.Contains("subscribe", StringComparison.Ordinal) || type is "supported_features" or "render_template";
                if (isWish && _random.Next(5) != 0) _line.Send(Result(id.GetInt32()));
            }
        }
    }

    private IEnumerator<int> Probe()
    {
        while (_line!.TryRead(out _)) yield return 0;
        var probe = _client.SendMessageAsync("probe");
        _calls.Add(probe);
        yield return 0;
        if (_client.State != ConnectionState.Ready || !_line.TryRead(out var message)) yield break;
        var id = JsonDocument.Parse(message).RootElement.GetProperty("id").GetInt32();
        _line.Send(Result(id));
        yield return 0;
        if (!probe.IsCompleted) Complaint = "A proper answer was not heard after the others.";
        _ids = id;
    }

    private void Judge()
    {
        foreach (var call in _calls.Where(call => call.IsCompleted))
        {
            var error = call.Exception?.InnerException;
            Outcomes.Count(error);
            if (error is not (null or HassSocketException)) Complaint = $"A call ended with {error}";
        }

        _calls.RemoveAll(call => call.IsCompleted);
        foreach (var listener in _listeners)
        {
            if (listener.Complaint is { } complaint) Complaint = complaint;
        }

        if (_client.State == ConnectionState.Faulted) Complaint = "It gave up, for no reason.";
        // What is never answered times out one day.
        if (_random.Next(10) == 0) _clock.Advance(TimeSpan.FromSeconds(10));
    }

    private void Say(byte[] frame, MemoryConnection line)
    {
        _recent.Add(Encoding.UTF8.GetString(frame.AsSpan(0, Math.Min(frame.Length, 2_000))));
        if (_recent.Count > FramesATime) _recent.RemoveAt(0);
        line.Send(frame);
    }

    private static string Result(int id) =>
        $$"""{"id":{{id.ToString(CultureInfo.InvariantCulture)}},"type":"result","success":true,"result":null}""";
}
