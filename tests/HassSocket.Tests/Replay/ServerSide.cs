using System.Text;
using System.Text.Json;
using HassSocket.Testing;

namespace HassSocket.Tests.Replay;

/// <summary>The server's end of a replayed socket: it knows what the client was made to say, answers what it says by itself, and notes everything else.</summary>
internal sealed class ServerSide(MemoryConnection connection, Func<bool> isRunning)
{
    private readonly Lock _lock = new();
    private readonly List<Call> _awaited = [];
    private readonly List<(Call Call, Item Error)> _refused = [];
    private readonly List<string> _unexplained = [];
    private readonly HashSet<long> _signals = [];
    private bool _isOpened;

    /// <summary>What the client sent that neither the recording nor the client's own duties explain.</summary>
    public IReadOnlyList<string> Unexplained
    {
        get { lock (_lock) return [.. _unexplained, .. _awaited.Select(call => $"(never sent) {call}")]; }
    }

    /// <summary>Whether the client listens for a starting server to move on, because something waits for that.</summary>
    public bool IsSignalAwaited
    {
        get { lock (_lock) return _signals.Count > 0; }
    }

    /// <summary>Expects a command; its id is known once it is here.</summary>
    public void Await(Call call)
    {
        lock (_lock) _awaited.Add(call);
    }

    public void Forget(Call call)
    {
        lock (_lock) _awaited.Remove(call);
    }

    /// <summary>Remembers a refusal: a client may ask again for what a starting server refused, and is refused again.</summary>
    public void Refuse(Call call, Item error)
    {
        lock (_lock) _refused.Add((call, error));
    }

    /// <summary>Tells the client that the server has moved on, so that it asks again for what waits.</summary>
    public void Signal()
    {
        lock (_lock)
        {
            foreach (var id in _signals)
                Say($"{{\"id\":{id},\"type\":\"event\",\"event\":{{\"event_type\":\"component_loaded\",\"data\":{{}}}}}}");
        }
    }

    /// <summary>Reads what the client sends until it lets go.</summary>
    public async Task ReadAsync()
    {
        while (true)
        {
            try
            {
                Take(await connection.ReadAsync(TimeSpan.FromHours(1)));
            }
            catch (InvalidOperationException)
            {
                return;
            }
        }
    }

    private void Take(string text)
    {
        var message = Message.TryParse(text);
        lock (_lock)
        {
            if (message is null) _unexplained.Add(text);
            foreach (var item in message?.Items ?? []) Take(item);
        }
    }

    private void Take(Item item)
    {
        if (item.Type == "auth")
        {
            if (!IsAuth(item.Json)) _unexplained.Add("an 'auth' of another shape");
            return;
        }

        var id = long.Parse(item.Id ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        if (_awaited.Find(call => call.Matches(item.Json)) is { } awaited)
        {
            _awaited.Remove(awaited);
            awaited.Arrive(id);
            if (awaited.Line is null) Say($"{{\"id\":{id},\"type\":\"pong\"}}");
        }
        else if (AnswerToOwn(item, id) is { } answer)
        {
            Say(answer);
        }
        else
        {
            _unexplained.Add(item.Json.GetRawText());
        }

        _isOpened = true;
    }

    private string? AnswerToOwn(Item item, long id)
    {
        if (_refused.FindLast(one => one.Call.Matches(item.Json)) is { Call: not null } refused)
            return Encoding.UTF8.GetString(Message.TryParse(refused.Error.Json.GetRawText())!.Compose(_ => $"{id}", _ => true));
        switch (item.Type)
        {
            case "supported_features" when !_isOpened:
                return Success(id);
            case "ping":
                return $"{{\"id\":{id},\"type\":\"pong\"}}";
            case "get_config":
                return Success(id, isRunning() ? "{\"state\":\"RUNNING\"}" : "{\"state\":\"NOT_RUNNING\"}");
            case "subscribe_events" when item.Text("event_type") is "component_loaded" or "core_config_updated":
                _signals.Add(id);
                return Success(id);
            case "unsubscribe_events" when _signals.Remove(item.Json.GetProperty("subscription").GetInt64()):
                return Success(id);
            default:
                return null;
        }
    }

    private void Say(string text) => connection.Send(text);

    private static string Success(long id, string result = "null") => $"{{\"id\":{id},\"type\":\"result\",\"success\":true,\"result\":{result}}}";

    private static bool IsAuth(JsonElement json) =>
        json.EnumerateObject().Count() == 2 && json.TryGetProperty("access_token", out var token) && token.ValueKind == JsonValueKind.String;
}
