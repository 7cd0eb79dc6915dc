using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace HassSocket.Benchmarks.Load;

/// <summary>One connection that speaks tRPC: answers calls, and sends the load when it is subscribed to.</summary>
internal sealed class TrpcLoadConnection(FrameStream stream, LoadPlan plan)
{
    private static readonly Lock Preparing = new();
    private static readonly Dictionary<(long Id, int Entities), EventRing> Rings = [];
    private readonly List<byte> _answers = [];
    private readonly List<byte> _item = [];
    private long _subscribed;

    public void Run()
    {
        while (true)
        {
            do Take(stream.Read());
            while (stream.HasFrame);
            stream.Write(CollectionsMarshal.AsSpan(_answers));
            _answers.Clear();
            if (_subscribed != 0) SendItems();
            _subscribed = 0;
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            TakeRequest(ref reader);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) TakeRequest(ref reader);
    }

    private void TakeRequest(ref Utf8JsonReader reader)
    {
        var (id, isCall, isSubscription) = (0L, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isMethod) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("method"u8));
            reader.Read();
            if (isId) id = reader.GetInt64();
            else if (isMethod) (isCall, isSubscription) = (reader.ValueTextEquals("mutation"u8), reader.ValueTextEquals("subscription"u8));
            else reader.Skip();
        }

        if (isCall) Answer(id, "\"data\",\"data\":{\"entityId\":\"light.kitchen\",\"state\":\"on\",\"brightness\":40}"u8);
        else if (isSubscription) Answer(_subscribed = id, "\"started\""u8);
        else Answer(id, "\"stopped\""u8);
    }

    private void Answer(long id, ReadOnlySpan<byte> result)
    {
        Span<byte> digits = stackalloc byte[20];
        id.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        _item.Clear();
        _item.AddRange("{\"id\":"u8);
        _item.AddRange(digits[..length]);
        _item.AddRange(",\"result\":{\"type\":"u8);
        _item.AddRange(result);
        _item.AddRange("}}"u8);
        FrameStream.Append(_answers, CollectionsMarshal.AsSpan(_item));
    }

    private void SendItems()
    {
        var told = new LoadHash();
        RingFor(_subscribed).Send(stream, plan.Events, new Pace(plan.Rate), ref told);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Run} {told.Count} {told.Value}"));
    }

    private EventRing RingFor(long id)
    {
        lock (Preparing)
        {
            if (!Rings.TryGetValue((id, plan.Entities), out var ring)) Rings[(id, plan.Entities)] = ring = new EventRing(1, plan.Entities, (i, entity) => Item(id, i, entity));
            return ring;
        }
    }

    // What a dashboard's widget would be told of one entity.
    private static (string State, string Message) Item(long id, int i, int entity)
    {
        var (entityId, state) = (House.EntityId(entity), House.State(i));
        return (state, string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"id":{{{{id}}}},"result":{"type":"data","data":{"entityId":"{{{{entityId}}}}","state":"{{{{state}}}}","attributes":{"friendlyName":"Room {{{{entity}}}}","unit":"°C","deviceClass":"temperature"},"lastChanged":"2026-11-28T10:00:{{{{i % 60:00}}}}.123Z","available":true}}}
            """));
    }
}
