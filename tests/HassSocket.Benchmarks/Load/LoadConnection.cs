using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace HassSocket.Benchmarks.Load;

/// <summary>One connection: logs in, answers commands, and sends the load when its subscriptions are there.</summary>
internal sealed class LoadConnection(FrameStream stream, LoadPlan plan) : Conversation(stream)
{
    private static readonly Lock Preparing = new();
    private static readonly Dictionary<string, EventRing> Rings = [];
    private static readonly Dictionary<string, byte[]> Texts = [];
    private readonly List<byte> _answers = [];
    private readonly List<byte> _frame = [];
    private readonly List<long> _subscriptions = [];
    private bool _coalesces;
    private LoadHash _told = new();
    private int _waiting;

    protected override void Greet()
    {
        Say("{\"type\":\"auth_required\",\"ha_version\":\"2026.11.0\"}");
        _ = Stream.Read();
        Say("{\"type\":\"auth_ok\",\"ha_version\":\"2026.11.0\"}");
    }

    protected override void Take(ref Utf8JsonReader request)
    {
        long id = 0;
        var type = "";
        while (request.Read() && request.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isType) = (request.ValueTextEquals("id"u8), request.ValueTextEquals("type"u8));
            request.Read();
            if (isId) id = request.GetInt64();
            else if (isType) type = request.ValueTextEquals("call_service"u8) ? "call_service" : request.GetString()!;
            else request.Skip();
        }

        Answer(id, type);
    }

    // What waits leaves in one piece, as the real server does: one array where the client takes arrays, else frame after frame.
    protected override void Flush()
    {
        if (_answers.Count == 0) return;
        if (_waiting == 0)
        {
            Stream.Write(CollectionsMarshal.AsSpan(_answers));
        }
        else
        {
            _answers.Add((byte)']');
            var whole = CollectionsMarshal.AsSpan(_answers);
            _frame.Clear();
            FrameStream.Append(_frame, _waiting == 1 ? whole[1..^1] : whole);
            Stream.Write(CollectionsMarshal.AsSpan(_frame));
        }

        _answers.Clear();
        _waiting = 0;
    }

    private void Answer(long id, string type)
    {
        switch (type)
        {
            case "supported_features":
                _coalesces = true;
                AnswerResult(id, "null"u8);
                break;
            case "call_service":
                AnswerResult(id, "{\"context\":{\"id\":\"01M831JC3W7QAYY4BFTD8KAWCQ\",\"parent_id\":null,\"user_id\":\"4e801d2ac44d49a0a3983c010f4bbbc5\"},\"response\":null}"u8);
                break;
            case "get_states":
                Flush();
                SendText($"states {plan.Entities}", id, () => House.States(plan.Entities), isEnd: true);
                NoteEntities();
                Report();
                break;
            case "subscribe_events":
                AnswerResult(id, "null"u8);
                _subscriptions.Add(id);
                if (_subscriptions.Count == plan.Subscriptions) Then = () => SendEvents(isDifference: false);
                break;
            case "subscribe_entities":
                AnswerResult(id, "null"u8);
                _subscriptions.Clear();
                _subscriptions.Add(id);
                Then = () => SendEntities(id);
                break;
            default:
                AnswerResult(id, "null"u8);
                break;
        }
    }

    private void AnswerResult(long id, ReadOnlySpan<byte> result)
    {
        var answer = Answer(id, ",\"type\":\"result\",\"success\":true,\"result\":"u8, result, "}"u8);
        if (!_coalesces)
        {
            FrameStream.Append(_answers, answer);
            return;
        }

        _answers.Add((byte)(_waiting++ == 0 ? '[' : ','));
        _answers.AddRange(answer);
    }

    private void SendEntities(long id)
    {
        SendText($"entities {plan.Entities}", id, () => House.Entities(plan.Entities), isEnd: false);
        NoteEntities();
        if (plan.Events > 0) SendEvents(isDifference: true);
        else Report();
    }

    private void SendEvents(bool isDifference)
    {
        // Ten subscriptions take turns, however many there are: what is measured is the way to them.
        var ids = _subscriptions.Where((_, i) => i % Math.Max(1, _subscriptions.Count / 10) == 0).ToList();
        var told = new LoadHash();
        RingFor(ids, isDifference, plan.Stray).Send(Stream, plan.Events, new Pace(plan.Rate), ref plan.Stray ? ref told : ref _told);
        // Behind those that concern nobody one comes that says: that was all.
        if (plan.Stray) RingFor(ids, isDifference, isStray: false).Send(Stream, 1, new Pace(0), ref _told);
        Report();
    }

    private void NoteEntities()
    {
        for (var entity = 0; entity < plan.Entities; entity++)
            _told.Add(House.EntityId(entity), House.State(entity));
    }

    private void Report() => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Run} {_told.Count} {_told.Value}"));

    private EventRing RingFor(List<long> ids, bool isDifference, bool isStray)
    {
        var like = plan with { Run = "", Events = 0, Rate = 0, Stray = isStray };
        var key = $"{like} {isDifference} {string.Join(',', ids)}";
        lock (Preparing)
        {
            if (!Rings.TryGetValue(key, out var ring)) Rings[key] = ring = new EventRing(like, ids, isDifference);
            return ring;
        }
    }

    private void SendText(string key, long id, Func<string> make, bool isEnd)
    {
        byte[]? text;
        lock (Preparing)
        {
            if (!Texts.TryGetValue(key, out text)) Texts[key] = text = Encoding.UTF8.GetBytes(make());
        }

        var number = Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture));
        var frame = new List<byte>(text.Length + 64);
        byte[] message = isEnd ? [.. "{\"id\":"u8, .. number, .. text] : [.. text, .. number, (byte)'}'];
        FrameStream.Append(frame, message);
        Stream.Write(CollectionsMarshal.AsSpan(frame));
    }

    private void Say(string text)
    {
        var frame = new List<byte>();
        FrameStream.Append(frame, Encoding.UTF8.GetBytes(text));
        Stream.Write(CollectionsMarshal.AsSpan(frame));
    }
}
