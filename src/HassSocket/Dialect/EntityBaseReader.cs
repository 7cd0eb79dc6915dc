using System.Text;

namespace HassSocket.Dialect;

/// <summary>Reads the first item of <c>subscribe_entities</c>, every state of a house, as real servers write it: without tokens, attributes unread.</summary>
internal static class EntityBaseReader
{
    /// <summary>Reads <c>{"a":{"light.desk":{"s":"on","a":{…},"c":"01M8…","lc":1795398465.72},…}}</c>.</summary>
    /// <param name="json">The item; attributes are slices of it, so it must not change any more.</param>
    /// <param name="expected">How many states there may be.</param>
    /// <returns>The table; <see langword="null"/> when it is written in any other way, which is for a reader of tokens.</returns>
    public static EntityTable? ReadAsWritten(ReadOnlyMemory<byte> json, int expected)
    {
        var walk = new WrittenJson(json.Span);
        if (!walk.Pass("{\"a\":{\""u8)) return null;
        var table = new EntityTable(expected);
        do
        {
            if (ReadState(ref walk, json) is not { } state) return null;
            table.Set(state);
        }
        while (walk.Pass(",\""u8));

        return walk.Pass("}}"u8) && walk.IsAtEnd ? table : null;
    }

    private static EntityState? ReadState(ref WrittenJson walk, ReadOnlyMemory<byte> json)
    {
        if (!walk.ReadText(out var entityId)) return null;
        if (!walk.Pass(":{\"s\":\""u8) || !walk.ReadText(out var state)) return null;
        if (!walk.Pass(",\"a\":"u8) || !walk.ReadObject(out var attributes)) return null;
        var beginning = json.Length - walk.Left - attributes.Length;
        // A context of several members is rare: then something of ours, or a user, has just changed the state.
        if (!walk.Pass(",\"c\":\""u8) || !walk.ReadText(out var context)) return null;
        if (!walk.Pass(",\"lc\":"u8) || !walk.ReadNumber(out var changed)) return null;
        var updated = changed;
        if (walk.Pass(",\"lu\":"u8) && !walk.ReadNumber(out updated)) return null;
        if (!walk.Pass("}"u8)) return null;
        return new EntityState
        {
            EntityId = Names.Of(entityId),
            State = Encoding.UTF8.GetString(state),
            // Two bytes are an empty object.
            LazyAttributes = attributes.Length <= 2 ? EntityAttributes.Empty : EntityAttributes.Of(json.Slice(beginning, attributes.Length)),
            Context = EventContext.Of(context, default, default),
            LastChanged = Timestamp.FromSeconds(changed),
            LastUpdated = Timestamp.FromSeconds(updated),
        };
    }
}
