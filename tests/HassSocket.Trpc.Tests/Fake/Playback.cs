using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Trpc.Tests.Replay;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Fake;

/// <summary>The client's part of one recorded connection, played to a fake server, whose clock moves only while an answer is missing.</summary>
internal sealed class Playback(FakeTrpcServer server, ManualTimeProvider clock, ITransport transport)
{
    private static readonly HashSet<string> Heartbeats = ["PING", "PONG"];

    // Each is somebody's turn of the clock; the longest wait of a procedure is a few of them.
    private const int MostSteps = 100;

    private readonly Dictionary<string, Queue<JsonNode>> _heard = [];
    private bool _isOver;

    /// <summary>How many answers were like the recorded ones.</summary>
    public int Alike { get; private set; }

    public static async Task<Playback> OpenAsync(FakeTrpcServer server, ManualTimeProvider clock, Line? connect)
    {
        var headers = connect is not null && connect.Json.TryGetProperty("headers", out var sent)
            ? sent.EnumerateObject().Select(header => KeyValuePair.Create(header.Name, header.Value.GetString()!)).ToArray()
            : [];
        var request = new UpgradeRequest(new Uri($"ws://board.test{connect?.Url ?? "/"}")) { Headers = headers };
        return new Playback(server, clock, await server.Transports.ConnectAsync(request, default));
    }

    public async Task PlayAsync(IReadOnlyList<Line> lines)
    {
        var unsent = new List<Line>();
        foreach (var line in lines.Where(line => (line.IsAsked || line.IsSaid) && !IsLeftOut(line)))
        {
            if (line.IsAsked)
            {
                unsent.Add(line);
                continue;
            }

            Say(unsent);
            await HearAsync(line);
        }

        Say(unsent);
        await FenceAsync();
        var superfluous = _heard.Values.SelectMany(queue => queue).Where(message => !IsItem(message)).Select(message => message.ToJsonString());
        Assert.Empty(superfluous);
    }

    /// <summary>What was asked without a pause arrives at once.</summary>
    private void Say(List<Line> lines)
    {
        server.Office.Ticks.Run(() =>
        {
            foreach (var line in lines) Assert.True(transport.SendAsync(Encoding.UTF8.GetBytes(line.Text)).AsTask().IsCompletedSuccessfully);
        });
        lines.Clear();
    }

    private async Task HearAsync(Line line)
    {
        var expected = JsonNode.Parse(line.Text)!;
        var queue = QueueOf(expected);
        var actual = await NextAsync(queue, line);

        // How many items fit into a span of real time is chance; all but the end may be too many.
        while (IsItem(actual) && !IsItem(expected)) actual = await NextAsync(queue, line);
        Assert.True(Likeness.Of(expected, actual), $"{line}\nbut here\n{actual.ToJsonString()}");
        Alike++;
    }

    private async Task<JsonNode> NextAsync(Queue<JsonNode> queue, Line line)
    {
        for (var step = 0; queue.Count == 0; step++)
        {
            await FenceAsync();
            if (queue.Count > 0) break;
            Assert.False(_isOver, $"The fake server hung up before {line}");
            Assert.True(step < MostSteps, $"The fake server never said {line}");
            Assert.True(await AdvanceAsync(), $"Nothing is under way that could say {line}");
        }

        return queue.Dequeue();
    }

    /// <summary>Moves the clock to whatever is due next; false when nothing is.</summary>
    private async Task<bool> AdvanceAsync()
    {
        var next = Timeout.InfiniteTimeSpan;
        await clock.WaitForTimersAsync(remaining =>
        {
            next = remaining.Count > 0 ? remaining[0] : next;
            return true;
        });
        if (next < TimeSpan.Zero) return false;
        clock.Advance(next);
        return true;
    }

    /// <summary>Hears everything that the server has said until now. What a message sets off may stand behind the answer to a ping that came with it, so there are two.</summary>
    private async Task FenceAsync()
    {
        await PingAsync();
        await PingAsync();
    }

    private async Task PingAsync()
    {
        if (_isOver) return;
        await transport.SendAsync("PING"u8.ToArray());
        while (await ReceiveAsync() is not (null or "PONG"))
        {
        }
    }

    /// <summary>Reads one message and keeps it; <see langword="null"/> at the end.</summary>
    private async Task<string?> ReceiveAsync()
    {
        var buffer = new ArrayBufferWriter<byte>();
        _isOver = !await transport.ReceiveAsync(buffer).AsTask().WaitAsync(Board.Guard);
        if (_isOver) return null;
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        if (text == "PONG") return text;
        var message = JsonNode.Parse(text)!;
        QueueOf(message).Enqueue(message);
        return text;
    }

    private Queue<JsonNode> QueueOf(JsonNode message)
    {
        var key = KeyOf(message);
        if (!_heard.TryGetValue(key, out var queue)) _heard[key] = queue = new Queue<JsonNode>();
        return queue;
    }

    private static string KeyOf(JsonNode message) => message["id"]?.ToJsonString() ?? "null";

    /// <summary>Heartbeats are the fence here, frames of bytes do not exist in memory, and no text of .NET has half a character to be echoed.</summary>
    private static bool IsLeftOut(Line line) =>
        line.IsBinary || Heartbeats.Contains(line.Text) || line.Text.Contains("received binary data", StringComparison.Ordinal)
        || line.Text.Contains("\\ud83d alone", StringComparison.Ordinal);

    private static bool IsItem(JsonNode message) => message["result"]?["type"]?.GetValueKind() == JsonValueKind.String
        && message["result"]!["type"]!.GetValue<string>() == "data";
}
