using System.Text.Json;
using HassSocket.Trpc.Tests.Support;
using HassSocket.Trpc.Tests.Transformers;
using Xunit;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>One connection of a recording, spoken again with our client in the place of the recorded one.</summary>
/// <remarks>
/// What the recorded client asked, ours is asked for, and its requests are compared; what the server said is said to it, under the ids
/// that ours has; and each call, item and end must be told as recorded. Expectations come from the recording as it is; a mutant
/// changes only what is said.
/// </remarks>
internal sealed partial class Conversation : IAsyncDisposable
{
    private readonly Dictionary<string, Exchange> _open = [];
    private readonly Dictionary<string, long> _ended = [];
    private readonly List<Line> _lines;
    private readonly Wording _wording;
    private readonly ReplayLine _line;
    private readonly Tally _tally;
    private readonly Func<string, string?> _mutate;
    private readonly bool _hasParams;
    private (string Key, string Message)? _complaint;
    private bool _isFirstAsked = true;
    private bool _isPinged;
    private bool _clientEnds;
    private bool _wasPinged;

    private Conversation(Recording recording, int connection, Tally tally, Func<string, string?>? mutate, Func<TimeSpan> guard)
    {
        _lines = [.. recording.Lines.Where(line => line.Connection == connection)];
        _wording = Wording.Of(recording.IsSuperJson);
        _tally = tally;
        _mutate = mutate ?? (text => text);
        var url = _lines.Select(line => line.Url).FirstOrDefault(url => url is not null) ?? "/";
        var told = url.Contains("connectionParams=1", StringComparison.Ordinal) ? ParamsOf(_lines.FirstOrDefault(line => line.IsAsked)) : null;
        _hasParams = told is not null;
        _line = new ReplayLine(
            options =>
            {
                options.Url = "ws://recorded.test" + url.Replace("connectionParams=1", "", StringComparison.Ordinal).TrimEnd('?', '&');
                options.Transformer = _wording.Transformer;
                options.ConnectionParams = told;
                var cookies = _lines.Select(line => line.Cookie).FirstOrDefault(cookie => cookie is not null)?.Split("; ") ?? [];
                foreach (var cookie in cookies.Select(cookie => cookie.Split('=', 2))) options.Cookies[cookie[0]] = cookie[1];
            },
            guard);
    }

    /// <summary>Speaks it.</summary>
    /// <exception cref="ReplayException">Something went otherwise than recorded; it names the line.</exception>
    public static async Task ReplayAsync(Recording recording, int connection, Tally tally, Func<string, string?>? mutate = null, Func<TimeSpan>? guard = null)
    {
        await using var conversation = new Conversation(recording, connection, tally, mutate, guard ?? (() => Board.Guard));
        await conversation._line.OpenAsync();
        foreach (var recorded in conversation._lines)
        {
            try
            {
                if (await conversation.StepAsync(recorded)) return;
            }
            catch (Exception e)
            {
                throw new ReplayException($"{recording}, connection {connection}, {recorded}: {e.Message}", e);
            }
        }

        await conversation.EndAsync();
    }

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    private async Task<bool> StepAsync(Line line)
    {
        if (line.Direction == "!" && line.Text is "client closes" or "client terminates") _clientEnds = true;
        else if (line.IsEnd) return await CloseAsync(line);
        else if (line.IsAsked) await AskAsync(line);
        else if (line.IsSaid) await HearAsync(line);
        else if (line.Direction == "<") _tally.Count("said, but swallowed by the line");
        return false;
    }

    private async Task AskAsync(Line line)
    {
        var isFirst = _isFirstAsked;
        _isFirstAsked = false;
        if (isFirst && _hasParams)
        {
            var ours = await _line.UntilAsync(text => text.Contains("connectionParams", StringComparison.Ordinal));
            Assert.True(Wording.AreEqual(line.Text, ours), ours);
            _tally.Count("asked alike: connectionParams");
            return;
        }

        if (line.IsBinary) _tally.Count("asked otherwise: binary");
        else if (line.Text == "PING") await PingAsync();
        else if (line.Text == "PONG") Pong();
        else if (TryParse(line.Text) is { } json) await AskEachAsync(json);
        else _tally.Count("asked otherwise: not JSON");
    }

    private async Task AskEachAsync(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            await AskOneAsync(json);
            return;
        }

        foreach (var item in json.EnumerateArray()) await AskOneAsync(item);
    }

    private async Task AskOneAsync(JsonElement item)
    {
        var asked = Asked.Read(item, _wording);
        if (asked.WhyNot is { } why) _tally.Count($"asked otherwise: {why}");
        else if (asked.Method == "subscription.stop") await LeaveAsync(asked.Id);
        else if (_open.ContainsKey(asked.Id) || _ended.ContainsKey(asked.Id)) _tally.Count("asked otherwise: an id that was used before");
        else await AskAsync(asked, item);
    }

    private async Task AskAsync(Asked asked, JsonElement item)
    {
        var request = asked.Request!;
        var inbox = new Inbox<(string? Id, string Data)>();
        var consumer = asked.Method == "subscription" ? _wording.Subscribe(_line.Client, request, inbox) : null;
        var answer = consumer is null ? _wording.CallAsync(_line.Client, asked.Method, request) : null;
        var ours = await _line.RequestAsync(asked.Method, request.Path);
        AssertAlike(item.GetProperty("params"), ours.GetProperty("params"));
        var id = ours.GetProperty("id").GetInt64();
        _open[asked.Id] = consumer is null ? new ReplayedCall(id, request.Path, answer!) : new ReplayedRun(id, request.Path, inbox, consumer);
        _tally.Count($"asked alike: {asked.Method}");
    }

    private static void AssertAlike(JsonElement recorded, JsonElement ours)
    {
        foreach (var name in new[] { "path", "lastEventId" }) Assert.Equal(Raw(recorded, name), Raw(ours, name));
        // An input may be worded otherwise, as by an older superjson; what it says must be the same.
        var (theirs, mine) = (Raw(recorded, "input"), Raw(ours, "input"));
        if (!Wording.AreEqual(theirs, mine)) Assert.Equal(Canonical(theirs), Canonical(mine));
    }

    private static string Raw(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value.GetRawText() : "";

    private static string Canonical(string envelope) => SuperJsonText.Write(SuperJsonText.Read<object>(envelope));

    private async Task LeaveAsync(string id)
    {
        if (!_open.TryGetValue(id, out var exchange) || exchange is not ReplayedRun run || run.IsLeft)
        {
            _tally.Count(_ended.ContainsKey(id) ? "asked alike: subscription.stop" : "asked otherwise: a stop of nothing that runs");
            return;
        }

        run.IsLeft = true;
        run.Consumer.Dispose();
        _tally.Count("asked alike: subscription.stop");
        // Ours leaves only when the server has said started, which may be later than in the recording.
        if (run.IsStarted) await SeeStopAsync(run);
    }

    private async Task SeeStopAsync(ReplayedRun run)
    {
        if (run.IsStopped) return;
        await _line.StopAsync(run.Id);
        run.IsStopped = true;
    }

    private async Task PingAsync()
    {
        if (_isPinged)
        {
            _tally.Count("asked otherwise: a second PING before an answer");
            return;
        }

        await _line.PingAsync();
        _isPinged = true;
        _tally.Count("asked alike: PING");
    }

    // Ours has answered already, when the server asked.
    private void Pong()
    {
        _tally.Count(_wasPinged ? "asked alike: PONG" : "asked otherwise: a PONG that nobody asked for");
        _wasPinged = false;
    }

    private async Task<bool> CloseAsync(Line line)
    {
        if (_clientEnds || line.By == "client")
        {
            await EndAsync();
            return true;
        }

        if (line.CloseCode == 1006) _line.Server.Drop();
        else _line.Server.Close(line.CloseCode);
        _tally.Count($"ended by the server: {line.CloseCode}");
        foreach (var call in _open.Values.OfType<ReplayedCall>())
        {
            var error = await Assert.ThrowsAnyAsync<HassSocketException>(() => _line.GuardAsync(call.Answer));
            if (_complaint is { } complaint) Assert.Equal(complaint, (Assert.IsType<TrpcException>(error).Key, ((TrpcException)error).ServerMessage));
            else Assert.Equal(Delivery.Unknown, Assert.IsType<ConnectionLostException>(error).Delivery);
        }

        // Subscriptions outlive the socket.
        foreach (var run in _open.Values.OfType<ReplayedRun>().Where(run => !run.IsLeft)) Assert.False(run.Inbox.IsOver);
        return true;
    }

    private async Task EndAsync()
    {
        await _line.FenceAsync();
        Assert.Equal(ConnectionState.Ready, _line.Client.State);
        _line.AssertNothingElseWasSaid();
        await _line.Client.DisposeAsync();
        foreach (var call in _open.Values.OfType<ReplayedCall>()) await Assert.ThrowsAnyAsync<HassSocketException>(() => _line.GuardAsync(call.Answer));
        foreach (var run in _open.Values.OfType<ReplayedRun>().Where(run => !run.IsLeft)) await run.Inbox.EndAsync(_line);
        _tally.Count("ended by the client, or not at all");
    }

    private static Dictionary<string, string>? ParamsOf(Line? first)
    {
        if (first is null || TryParse(first.Text) is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("data", out var data)) return null;
        if (data.ValueKind != JsonValueKind.Object || data.EnumerateObject().Any(param => param.Value.ValueKind != JsonValueKind.String)) return null;
        return json.TryGetProperty("method", out var method) && method.ToString() == "connectionParams" && json.EnumerateObject().Count() == 2
            ? data.EnumerateObject().ToDictionary(param => param.Name, param => param.Value.GetString()!)
            : null;
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1024 }).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Something went otherwise than recorded.</summary>
internal sealed class ReplayException(string message, Exception inner) : Exception(message, inner);
