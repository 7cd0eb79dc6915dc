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
        do
        {
            json = json.Slice(1);
            var length = ReadRun(json.FirstSpan, states) is var run and > 0 ? run : ReadOne(json, states);
            if (length == 0) return false;
            json = json.Slice(length);
        }
        while (!json.IsEmpty && json.FirstSpan[0] == (byte)',');
        return json.Length == 1 && json.FirstSpan[0] == (byte)']';
    }

    /// <summary>Reads states, one behind the other, as long as each is as real servers write it.</summary>
    /// <returns>How many bytes they have, up to the end of the last one.</returns>
    private static int ReadRun(ReadOnlySpan<byte> json, List<EntityState> states)
    {
        var walk = new WrittenJson(json);
        var length = 0;
        do
        {
            if (ReadAsWritten(ref walk) is not { } state) break;
            states.Add(state);
            length = json.Length - walk.Left;
        }
        while (walk.Pass(","u8));
        return length;
    }

    /// <summary>Reads one state that is written otherwise, or lies across the end of a segment.</summary>
    /// <returns>How many bytes it has; 0 where there is none.</returns>
    private static long ReadOne(in ReadOnlySequence<byte> json, List<EntityState> states)
    {
        if (json.IsEmpty || json.FirstSpan[0] != (byte)'{' || JsonSkip.LengthOf(json) is not (var length and > 0)) return 0;
        states.Add(ReadState(json.Slice(0, length).ToArray()));
        return length;
    }

    private static List<EntityState> ReadByTokens(in ReadOnlySequence<byte> json)
    {
        var reader = JsonScan.StartReading(json);
        return JsonScan.Read(ref reader, HassJson.Default.ListEntityState);
    }

    private static EntityState ReadState(ReadOnlySpan<byte> json)
    {
        var walk = new WrittenJson(json);
        return ReadAsWritten(ref walk) is { } state && walk.IsAtEnd
            ? state
            : JsonSerializer.Deserialize(json, HassJson.Default.EntityState) ?? throw new JsonException("A state is an object.");
    }

    private static EntityState? ReadAsWritten(ref WrittenJson walk)
    {
        if (!walk.Pass("{\"entity_id\":\""u8) || !walk.ReadText(out var entityId)) return null;
        if (!walk.Pass(",\"state\":\""u8) || !walk.ReadText(out var state)) return null;
        if (!walk.Pass(",\"attributes\":"u8) || !walk.ReadObject(out var attributes)) return null;
        if (!walk.Pass(",\"last_changed\":\""u8) || !walk.ReadText(out var changed)) return null;
        var reported = walk.Pass(",\"last_reported\":\""u8) && walk.ReadText(out var text) ? text : default;
        if (!walk.Pass(",\"last_updated\":\""u8) || !walk.ReadText(out var updated)) return null;
        if (!walk.Pass(",\"context\":"u8) || !EventContext.TryPass(ref walk, out var context) || !walk.Pass("}"u8)) return null;
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
