using System.Text;

namespace HassSocket.Dialect;

/// <summary>Reads the first item of <c>subscribe_entities</c>, every state of a house, as real servers write it: without tokens, and no further than needed.</summary>
internal static class EntityBaseReader
{
    /// <summary>Reads <c>{"a":{"light.desk":{"s":"on","a":{…},"c":"01M8…","lc":1795398465.72},…}}</c>; the states are made when they are looked at.</summary>
    /// <param name="json">The item; states are slices of it, so it must not change any more.</param>
    /// <param name="expected">How many states there may be.</param>
    /// <returns>The table; <see langword="null"/> when it is written in any other way, which is for a reader of tokens.</returns>
    public static EntityTable? ReadAsWritten(ReadOnlyMemory<byte> json, int expected)
    {
        var walk = new WrittenJson(json.Span);
        if (!walk.Pass("{\"a\":{\""u8)) return null;
        var table = new EntityTable(expected);
        do
        {
            if (!walk.ReadText(out var entityId) || !walk.Pass(":"u8)) return null;
            var beginning = json.Length - walk.Left;
            // Walked to the end here, so that nothing can go wrong when it is looked at.
            if (!TryWalk(ref walk, out _)) return null;
            table.Set(Names.Of(entityId), json[beginning..^walk.Left]);
        }
        while (walk.Pass(",\""u8));

        return walk.Pass("}}"u8) && walk.IsAtEnd ? table : null;
    }

    /// <summary>Makes a state that <see cref="ReadAsWritten"/> has walked over.</summary>
    public static EntityState ReadState(string entityId, ReadOnlyMemory<byte> json)
    {
        var walk = new WrittenJson(json.Span);
        _ = TryWalk(ref walk, out var parts);
        return new EntityState
        {
            EntityId = entityId,
            State = Encoding.UTF8.GetString(parts.State),
            // Two bytes are an empty object.
            LazyAttributes = parts.Attributes.Length <= 2 ? EntityAttributes.Empty : EntityAttributes.Of(json.Slice(parts.Attributes.At, parts.Attributes.Length)),
            WrittenContext = json.Slice(parts.Context.At, parts.Context.Length),
            LastChanged = Timestamp.FromSeconds(parts.Changed),
            LastUpdated = Timestamp.FromSeconds(parts.Updated),
        };
    }

    private static bool TryWalk(ref WrittenJson walk, out Parts parts)
    {
        parts = default;
        var length = walk.Left;
        if (!walk.Pass("{\"s\":\""u8) || !walk.ReadText(out parts.State)) return false;
        if (!walk.Pass(",\"a\":"u8) || !walk.ReadObject(out var attributes)) return false;
        parts.Attributes = (length - walk.Left - attributes.Length, attributes.Length);
        // A context of several members is rare: then a user, or something else of the house, has changed the state.
        if (!walk.Pass(",\"c\":\""u8) || !walk.ReadText(out var context)) return false;
        parts.Context = (length - walk.Left - context.Length - 2, context.Length + 2);
        if (!walk.Pass(",\"lc\":"u8) || !walk.ReadNumber(out parts.Changed)) return false;
        parts.Updated = parts.Changed;
        if (walk.Pass(",\"lu\":"u8) && !walk.ReadNumber(out parts.Updated)) return false;
        return walk.Pass("}"u8);
    }

    private ref struct Parts
    {
        public ReadOnlySpan<byte> State;
        public (int At, int Length) Attributes;
        public (int At, int Length) Context;
        public ReadOnlySpan<byte> Changed;
        public ReadOnlySpan<byte> Updated;
    }
}
