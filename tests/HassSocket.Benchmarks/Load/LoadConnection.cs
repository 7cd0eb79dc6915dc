using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HassSocket.Benchmarks.Load;

/// <summary>One connection: logs in, answers commands, and sends the load when its subscriptions are there.</summary>
internal sealed class LoadConnection(FrameStream stream, LoadPlan plan)
{
    private static readonly Lock Preparing = new();
    private static readonly Dictionary<string, EventRing> Rings = [];
    private static readonly Dictionary<string, byte[]> Texts = [];
    private readonly List<byte> _answers = [];
    private readonly List<byte> _item = [];
    private readonly List<long> _subscriptions = [];
    private bool _coalesces;
    private LoadHash _told = new();
    private int _waiting;
    private Action? _then;

    public void Run()
    {
        Say("{\"type\":\"auth_required\",\"ha_version\":\"2026.11.0\"}");
        _ = stream.Read();
        Say("{\"type\":\"auth_ok\",\"ha_version\":\"2026.11.0\"}");
        while (true)
        {
            do Take(stream.Read());
            while (stream.HasFrame);
            Flush();
            var then = _then;
            _then = null;
            then?.Invoke();
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            TakeCommand(ref reader);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) TakeCommand(ref reader);
    }

    private void TakeCommand(ref Utf8JsonReader reader)
    {
        long id = 0;
        var type = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isType) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("type"u8));
            reader.Read();
            if (isId) id = reader.GetInt64();
            else if (isType) type = reader.ValueTextEquals("call_service"u8) ? "call_service" : reader.GetString()!;
            else reader.Skip();
        }

        Answer(id, type);
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
                if (_subscriptions.Count == plan.Subscriptions) _then = () => SendEvents(isDifference: false);
                break;
            case "subscribe_entities":
                AnswerResult(id, "null"u8);
                _subscriptions.Clear();
                _subscriptions.Add(id);
                _then = () => SendEntities(id);
                break;
            default:
                AnswerResult(id, "null"u8);
                break;
        }
    }

    private void AnswerResult(long id, ReadOnlySpan<byte> result)
    {
        Span<byte> digits = stackalloc byte[20];
        id.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        _item.Clear();
        _item.AddRange("{\"id\":"u8);
        _item.AddRange(digits[..length]);
        _item.AddRange(",\"type\":\"result\",\"success\":true,\"result\":"u8);
        _item.AddRange(result);
        _item.Add((byte)'}');
        var item = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_item);
        if (!_coalesces)
        {
            FrameStream.Append(_answers, item);
            return;
        }

        _answers.Add((byte)(_waiting++ == 0 ? '[' : ','));
        _answers.AddRange(item);
    }

    // What waits leaves in one piece, as the real server does: one array where the client takes arrays, else frame after frame.
    private void Flush()
    {
        if (_answers.Count == 0) return;
        var answers = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_answers);
        if (_waiting > 0)
        {
            _answers.Add((byte)']');
            var whole = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_answers);
            _item.Clear();
            FrameStream.Append(_item, _waiting == 1 ? whole[1..^1] : whole);
            answers = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_item);
        }

        stream.Write(answers);
        _answers.Clear();
        _waiting = 0;
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
        RingFor(ids, isDifference, plan.Stray).Send(stream, plan.Events, new Pace(plan.Rate), ref plan.Stray ? ref told : ref _told);
        // Behind those that concern nobody one comes that says: that was all.
        if (plan.Stray) RingFor(ids, isDifference, isStray: false).Send(stream, 1, new Pace(0), ref _told);
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
        stream.Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(frame));
    }

    private void Say(string text)
    {
        var frame = new List<byte>();
        FrameStream.Append(frame, Encoding.UTF8.GetBytes(text));
        stream.Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(frame));
    }
}
