using System.Buffers;
using System.Text;
using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>Reads the answer to <c>get_states</c>, many megabytes in a large house: state by state, without parsing attributes.</summary>
internal static class StateListReader
{
    private const int UsualBytes = 512;

    /// <summary>Reads the list.</summary>
    /// <exception cref="JsonException">It is no list of states.</exception>
    public static IReadOnlyList<EntityState> Read(in ReadOnlySequence<byte> json)
    {
        var states = new List<EntityState>((int)Math.Min(json.Length / UsualBytes, 100_000));
        try
        {
            if (TryReadAsWritten(json, states)) return states;
        }
        catch (JsonException)
        {
            // Which of the states it is, and where in it, is for the reader of the whole to say.
        }

        return ReadByTokens(json);
    }

    // A list as real servers write it: no blanks between the states.
    private static bool TryReadAsWritten(ReadOnlySequence<byte> json, List<EntityState> states)
    {
        if (json.FirstSpan is not [(byte)'[', ..] || json.Length < 3) return false;
        for (json = json.Slice(1); ; json = json.Slice(1))
        {
            long length = JsonSkip.LengthOf(json.FirstSpan);
            if (length > 0)
            {
                states.Add(ReadState(json.FirstSpan[..(int)length]));
            }
            else
            {
                // A state that lies across the end of a segment is put together first.
                if (json.IsEmpty || json.FirstSpan[0] != (byte)'{' || (length = JsonSkip.LengthOf(json)) == 0) return false;
                states.Add(ReadState(json.Slice(0, length).ToArray()));
            }

            json = json.Slice(length);
            if (json.IsEmpty || json.FirstSpan[0] != (byte)',') return json.Length == 1 && json.FirstSpan[0] == (byte)']';
        }
    }

    private static List<EntityState> ReadByTokens(in ReadOnlySequence<byte> json)
    {
        var reader = JsonScan.StartReading(json);
        return JsonScan.Read(ref reader, HassJson.Default.ListEntityState);
    }

    private static EntityState ReadState(ReadOnlySpan<byte> json) =>
        ReadAsWritten(json) ?? JsonSerializer.Deserialize(json, HassJson.Default.EntityState) ?? throw new JsonException("A state is an object.");

    private static EntityState? ReadAsWritten(ReadOnlySpan<byte> json)
    {
        var walk = new WrittenJson(json);
        if (!walk.Pass("{\"entity_id\":\""u8) || !walk.ReadText(out var entityId)) return null;
        if (!walk.Pass(",\"state\":\""u8) || !walk.ReadText(out var state)) return null;
        if (!walk.Pass(",\"attributes\":"u8) || !walk.ReadObject(out var attributes)) return null;
        if (!walk.Pass(",\"last_changed\":\""u8) || !walk.ReadText(out var changed)) return null;
        var reported = walk.Pass(",\"last_reported\":\""u8) && walk.ReadText(out var text) ? text : default;
        if (!walk.Pass(",\"last_updated\":\""u8) || !walk.ReadText(out var updated)) return null;
        if (!walk.Pass(",\"context\":"u8) || !walk.ReadObject(out var context) || !EventContext.IsAsWritten(context)) return null;
        if (!walk.Pass("}"u8) || !walk.IsAtEnd) return null;
        // What is read only when somebody asks is kept in one piece.
        var kept = new byte[attributes.Length + context.Length];
        attributes.CopyTo(kept);
        context.CopyTo(kept.AsSpan(attributes.Length));
        return new EntityState
        {
            EntityId = Names.Of(entityId),
            State = Encoding.UTF8.GetString(state),
            // Two bytes are an empty object.
            LazyAttributes = attributes.Length <= 2 ? EntityAttributes.Empty : EntityAttributes.Of(kept.AsMemory(0, attributes.Length)),
            LastChanged = Timestamp.Parse(changed),
            LastReported = reported.IsEmpty ? null : Timestamp.Parse(reported),
            LastUpdated = Timestamp.Parse(updated),
            WrittenContext = kept.AsMemory(attributes.Length),
        };
    }
}
