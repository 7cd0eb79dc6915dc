using System.Buffers;
using System.Text;
using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>Folds <c>subscribe_entities</c> into a table of states; its items arrive on the read loop.</summary>
/// <remarks>Written by one thread at a time, as the engine promises; the table may be read by any.</remarks>
internal sealed class EntityFold : SubscriptionFold
{
    // A first table is made large enough, since growing costs more than room; a state has rarely fewer bytes.
    private const int LeastBytes = 128;
    private const int LongestUsualId = 256;

    private volatile EntityTable _table = new();
    private Dictionary<string, EntityState?>? _before;

    public EntityTable Table => _table;

    /// <inheritdoc cref="Take"/>
    public void Fold(in ReadOnlySequence<byte> item, bool isBase, ICollection<object>? changes = null)
    {
        // A base is kept, and its states are slices of it; of a difference little is kept, and only that is copied.
        var isOwned = isBase || !item.IsSingleSegment;
        var json = isOwned ? CopyOf(item) : item.First;
        var states = new CompressedStateReader(json, isOwned);
        if (isBase) Replace(ReadBase(json, states), changes);
        else if (WrittenDifference.TryFind(json.Span, out var difference)) Apply(difference, changes);
        else ReadDifferences(json, states, changes);
    }

    protected override void Take(in ReadOnlySequence<byte> item, bool isBase, ICollection<object>? changes) => Fold(item, isBase, changes);

    protected override void TellWhole(ICollection<object> changes)
    {
        foreach (var state in _table.All()) changes.Add(new EntityChange(state.EntityId, null, state, IsResync: true));
    }

    protected override void BeginGap() => _before = [];

    protected override void EndGap(ICollection<object> changes)
    {
        if (_before is not { } before) return;
        _before = null;
        foreach (var (entityId, old) in before) TellDifference(entityId, old, _table.Find(entityId), changes);
    }

    private static ReadOnlyMemory<byte> CopyOf(in ReadOnlySequence<byte> item)
    {
        // Megabytes of a large house need not be cleared first. In one piece: as many small ones they cost the collector more.
        var copy = GC.AllocateUninitializedArray<byte>(checked((int)item.Length));
        item.CopyTo(copy);
        return copy;
    }

    private EntityTable ReadBase(ReadOnlyMemory<byte> json, CompressedStateReader states)
    {
        var expected = Math.Max(_table.Count, json.Length / LeastBytes);
        if (EntityBaseReader.ReadAsWritten(json, expected) is { } written) return written;
        var reader = JsonScan.StartReading(json.Span);
        var table = new EntityTable(expected);
        CompressedStateReader.Expect(ref reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (!reader.ValueTextEquals("a"u8))
            {
                reader.Skip();
                continue;
            }

            EnterObject(ref reader);
            while (NextMember(ref reader)) table.Set(ReadWhole(ref reader, states));
        }

        return table;
    }

    private static EntityState ReadWhole(ref Utf8JsonReader reader, CompressedStateReader states)
    {
        var entityId = reader.GetString()!;
        reader.Read();
        return states.ReadWhole(ref reader, entityId);
    }

    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static void EnterObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        CompressedStateReader.Expect(ref reader, JsonTokenType.StartObject);
    }

    private static void TellDifference(string entityId, EntityState? old, EntityState? now, ICollection<object> changes)
    {
        // The server moves last_updated with every change of state or attributes, so these tell all differences; a round trip
        // from on to off and back to on is one too.
        if (old?.State == now?.State && old?.LastChanged == now?.LastChanged && old?.LastUpdated == now?.LastUpdated) return;
        changes.Add(new EntityChange(entityId, old, now, IsResync: true));
    }

    private void Replace(EntityTable next, ICollection<object>? changes)
    {
        var last = _table;
        _table = next;
        if (changes is null && _before is null) return;
        foreach (var state in next.All()) Note(state.EntityId, last.Find(state.EntityId), state);
        foreach (var gone in last.All().Where(state => next.Find(state.EntityId) is null)) Note(gone.EntityId, gone, null);

        void Note(string entityId, EntityState? old, EntityState? now)
        {
            _before?.TryAdd(entityId, old);
            if (changes is not null) TellDifference(entityId, old, now, changes);
        }
    }

    private void Apply(in WrittenDifference difference, ICollection<object>? changes)
    {
        Span<char> room = stackalloc char[LongestUsualId];
        var utf8 = difference.EntityId;
        ReadOnlySpan<char> entityId = utf8.Length <= room.Length ? room[..Encoding.UTF8.GetChars(utf8, room)] : Encoding.UTF8.GetString(utf8);
        if (!_table.TryFind(entityId, out var cell)) return;
        var before = cell.State;
        Become(cell, before, difference.ApplyTo(before), changes);
    }

    private void ReadDifferences(ReadOnlyMemory<byte> json, CompressedStateReader states, ICollection<object>? changes)
    {
        var reader = JsonScan.StartReading(json.Span);
        CompressedStateReader.Expect(ref reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("c"u8)) ReadChanged(ref reader, states, changes);
            else if (reader.ValueTextEquals("a"u8)) ReadAdded(ref reader, states, changes);
            else if (reader.ValueTextEquals("r"u8)) ReadRemoved(ref reader, changes);
            else reader.Skip();
        }
    }

    private void ReadChanged(ref Utf8JsonReader reader, CompressedStateReader states, ICollection<object>? changes)
    {
        Span<char> room = stackalloc char[LongestUsualId];
        EnterObject(ref reader);
        while (NextMember(ref reader))
        {
            // The id is known as a string already: it is looked up without making another.
            ReadOnlySpan<char> entityId = reader.ValueSpan.Length <= room.Length ? room[..reader.CopyString(room)] : reader.GetString().AsSpan();
            var isKnown = _table.TryFind(entityId, out var cell);
            reader.Read();
            if (!isKnown)
            {
                reader.Skip();
                continue;
            }

            var before = cell!.State;
            Become(cell, before, states.ReadDifference(ref reader, before), changes);
        }
    }

    private void ReadAdded(ref Utf8JsonReader reader, CompressedStateReader states, ICollection<object>? changes)
    {
        EnterObject(ref reader);
        while (NextMember(ref reader))
        {
            var added = ReadWhole(ref reader, states);
            Tell(_table.Set(added), added, changes);
        }
    }

    private void ReadRemoved(ref Utf8JsonReader reader, ICollection<object>? changes)
    {
        reader.Read();
        CompressedStateReader.Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_table.Remove(reader.GetString() ?? "") is not { } gone) continue;
            _before?.TryAdd(gone.EntityId, gone);
            changes?.Add(new EntityChange(gone.EntityId, gone, null, IsResync: false));
        }
    }

    private void Become(EntityCell cell, EntityState before, EntityState now, ICollection<object>? changes)
    {
        cell.State = now;
        Tell(before, now, changes);
    }

    private void Tell(EntityState? old, EntityState now, ICollection<object>? changes)
    {
        _before?.TryAdd(now.EntityId, old);
        changes?.Add(new EntityChange(now.EntityId, old, now, IsResync: false));
    }
}
