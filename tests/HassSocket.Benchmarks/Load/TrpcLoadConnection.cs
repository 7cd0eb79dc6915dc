using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace HassSocket.Benchmarks.Load;

/// <summary>One connection that speaks tRPC: answers calls, and sends the load when it is subscribed to.</summary>
internal sealed class TrpcLoadConnection(FrameStream stream, LoadPlan plan) : Conversation(stream)
{
    private static readonly Lock Preparing = new();
    private static readonly Dictionary<(long Id, int Entities), EventRing> Rings = [];
    private readonly List<byte> _answers = [];

    protected override void Take(ref Utf8JsonReader request)
    {
        var (id, isCall, isSubscription) = (0L, false, false);
        while (request.Read() && request.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isMethod) = (request.ValueTextEquals("id"u8), request.ValueTextEquals("method"u8));
            request.Read();
            if (isId) id = request.GetInt64();
            else if (isMethod) (isCall, isSubscription) = (request.ValueTextEquals("mutation"u8), request.ValueTextEquals("subscription"u8));
            else request.Skip();
        }

        if (isSubscription) Then = () => SendItems(id);
        if (isCall) Answer(id, "\"data\",\"data\":{\"entityId\":\"light.kitchen\",\"state\":\"on\",\"brightness\":40}"u8);
        else Answer(id, isSubscription ? "\"started\""u8 : "\"stopped\""u8);
    }

    protected override void Flush()
    {
        Stream.Write(CollectionsMarshal.AsSpan(_answers));
        _answers.Clear();
    }

    private void Answer(long id, ReadOnlySpan<byte> result) => FrameStream.Append(_answers, Answer(id, ",\"result\":{\"type\":"u8, result, "}}"u8));

    private void SendItems(long id)
    {
        var told = new LoadHash();
        RingFor(id).Send(Stream, plan.Events, new Pace(plan.Rate), ref told);
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
