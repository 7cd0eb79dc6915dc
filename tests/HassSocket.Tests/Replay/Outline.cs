using System.Numerics;
using System.Text.Json;

namespace HassSocket.Tests.Replay;

/// <summary>What one recorded connection holds, seen as a whole: what can be sent, what is a subscription, how it begins and ends.</summary>
internal sealed class Outline
{
    // What is longer, with an id before it, is refused before it is sent.
    private const int LongestRequest = (4 * 1024 * 1024) - 64;

    private readonly Dictionary<string, Item> _answers = [];
    private readonly HashSet<string> _withEvents = [];
    private readonly HashSet<string> _unsubscribed = [];
    private readonly List<(int Line, bool IsRunning)> _states = [];
    private readonly HashSet<Item> _sendable = new(ReferenceEqualityComparer.Instance);

    private Outline(IReadOnlyList<Line> lines)
    {
        Lines = lines;
        Messages = lines.Where(line => line.Kind is LineKind.Asked or LineKind.Said && !line.IsCut)
            .ToDictionary(line => line, line => line.Text is null ? null : Message.TryParse(line.Text));
        ReadSaid();
        ReadAsked();
        Close = lines.FirstOrDefault(line => line.Kind == LineKind.Closed);
    }

    public IReadOnlyList<Line> Lines { get; }

    /// <summary>Each message that was kept whole; <see langword="null"/> for one that is not JSON.</summary>
    public IReadOnlyDictionary<Line, Message?> Messages { get; }

    /// <summary>Whether the recording holds the dialogue of the login.</summary>
    public bool HasLogin { get; private set; }

    /// <summary>Whether the client was let in.</summary>
    public bool IsAccepted { get; private set; } = true;

    /// <summary>What the client told of its features, where that was its first command.</summary>
    public (Line Line, Item Item)? Opening { get; private set; }

    /// <summary>How the socket ended; <see langword="null"/> where the recording ends before it.</summary>
    public Line? Close { get; }

    /// <summary>How long it lasted.</summary>
    public TimeSpan Length => Lines[^1].At - Lines[0].At;

    public static Outline Of(Recording recording, int connection) => new([.. recording.Lines.Where(line => line.Connection == connection)]);

    /// <summary>Whether the public API can send a command.</summary>
    public bool CanSend(Item item) => IsAccepted && _sendable.Contains(item);

    /// <summary>Whether the client takes a command for a subscription: events follow it, its end is asked for, or it is called so.</summary>
    public bool IsSubscription(Item item)
    {
        if (_withEvents.Contains(item.Id!) || _unsubscribed.Contains(item.Id!)) return true;
        var hasResult = _answers.TryGetValue(item.Id!, out var answer) && !answer.IsRefusal && answer.Result.ValueKind != JsonValueKind.Null;
        return !hasResult && IsCalledSubscription(item.Type!);
    }

    /// <summary>Whether the recorded server had started at that time, by what it said of itself.</summary>
    public bool IsRunningAt(int line)
    {
        if (_states.Count == 0) return true;
        var known = _states.FindLastIndex(state => state.Line <= line);
        return _states[Math.Max(known, 0)].IsRunning;
    }

    private static bool IsCalledSubscription(string type) =>
        (type.Contains("subscribe", StringComparison.Ordinal) && !type.Contains("unsubscribe", StringComparison.Ordinal))
        || type is "render_template"
        || type.EndsWith("/stream", StringComparison.Ordinal)
        || type.EndsWith("/event_stream", StringComparison.Ordinal);

    private void ReadSaid()
    {
        foreach (var line in Lines.Where(line => line.Kind == LineKind.Said && !line.IsCut))
        {
            foreach (var item in Messages[line]?.Items ?? [])
            {
                if (item.Type is { } type && type.StartsWith("auth_", StringComparison.Ordinal)) HasLogin = true;
                if (item.Id is not { } id) continue;
                if (item.IsEvent) _withEvents.Add(id);
                if (!item.IsAnswer) continue;
                _answers.TryAdd(id, item);
                if (IsConfig(item.Result)) _states.Add((line.Number, item.Result.GetProperty("state").GetString() == "RUNNING"));
            }
        }

        IsAccepted = !HasLogin || Messages.Any(pair => pair.Key.Kind == LineKind.Said && pair.Value?.Items is [{ Type: "auth_ok" }]);
    }

    private void ReadAsked()
    {
        var highest = BigInteger.Zero;
        var isFirst = true;
        foreach (var line in Lines.Where(line => line is { Kind: LineKind.Asked, IsCut: false, Text.Length: < LongestRequest }))
        {
            foreach (var item in Messages[line]?.Items ?? [])
            {
                if (!IsCommand(item, out var id) || id <= highest) continue;
                highest = id;
                _sendable.Add(item);
                if (item.Type == "unsubscribe_events" && item.Json.TryGetProperty("subscription", out var of)) _unsubscribed.Add(of.GetRawText());
                if (isFirst && IsOpening(item)) Opening = (line, item);
                isFirst = false;
            }
        }
    }

    // Ids grow, types are texts: a client never sends anything else.
    private static bool IsCommand(Item item, out BigInteger id)
    {
        id = default;
        return item.Type is { } type && type.Trim().Length > 0 && item.Id is { } text && BigInteger.TryParse(text, out id) && id > 0;
    }

    private static bool IsOpening(Item item) =>
        item.Type == "supported_features" && JsonElement.DeepEquals(
            item.Json.TryGetProperty("features", out var features) ? features : default, JsonElement.Parse("{\"coalesce_messages\":1}"));

    private static bool IsConfig(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty("components", out _) && result.TryGetProperty("state", out var state)
        && state.ValueKind == JsonValueKind.String;
}
