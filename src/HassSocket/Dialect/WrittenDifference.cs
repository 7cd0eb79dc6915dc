using System.Text;

namespace HassSocket.Dialect;

/// <summary>One difference of <c>subscribe_entities</c>, as real servers write nearly all of them: found without tokens.</summary>
/// <remarks>Over the wire: <c>{"c":{"light.desk":{"+":{"s":"on","lc":1795398643.25,"c":"01M8…","a":{…}}}}}</c>.</remarks>
internal ref struct WrittenDifference
{
    private ReadOnlySpan<byte> _state;
    private ReadOnlySpan<byte> _changed;
    private ReadOnlySpan<byte> _updated;
    private ReadOnlySpan<byte> _context;
    private ReadOnlySpan<byte> _attributes;
    private bool _hasState;

    /// <summary>The entity, as UTF-8.</summary>
    public ReadOnlySpan<byte> EntityId { get; private set; }

    /// <summary>Finds the parts of an item that holds one difference and nothing else.</summary>
    /// <returns><see langword="false"/> when it is written in any other way, which is for a reader of tokens.</returns>
    public static bool TryFind(ReadOnlySpan<byte> json, out WrittenDifference difference)
    {
        difference = default;
        return difference.TryWalk(new WrittenJson(json));
    }

    /// <summary>The state after this difference; what is kept of it is copied.</summary>
    public readonly EntityState ApplyTo(EntityState before)
    {
        var updated = Timestamp.FromSeconds(_changed.IsEmpty ? _updated : _changed);
        return before with
        {
            State = _hasState ? Encoding.UTF8.GetString(_state) : before.State,
            // Two bytes are an empty object.
            LazyAttributes = _attributes.Length <= 2 ? before.LazyAttributes : before.LazyAttributes.With(_attributes.ToArray(), []),
            Context = _context.IsEmpty ? before.Context : before.Context with { Id = Encoding.UTF8.GetString(_context) },
            LastChanged = _changed.IsEmpty ? before.LastChanged : updated,
            LastUpdated = updated,
        };
    }

    private bool TryWalk(WrittenJson walk)
    {
        if (!walk.Pass("{\"c\":{\""u8) || !walk.ReadText(out var entityId) || !walk.Pass(":{\"+\":{"u8)) return false;
        EntityId = entityId;
        _hasState = walk.Pass("\"s\":\""u8);
        if (_hasState && !(walk.ReadText(out _state) && walk.Pass(","u8))) return false;
        if (walk.Pass("\"lc\":"u8) ? !walk.ReadNumber(out _changed) : !walk.Pass("\"lu\":"u8) || !walk.ReadNumber(out _updated)) return false;
        // A context of several members, and attributes that are gone, are rare.
        if (walk.Pass(",\"c\":\""u8) && (!walk.ReadText(out _context) || _context.IsEmpty)) return false;
        if (walk.Pass(",\"a\":"u8) && !walk.ReadObject(out _attributes)) return false;
        return walk.Pass("}}}}"u8) && walk.IsAtEnd;
    }
}
