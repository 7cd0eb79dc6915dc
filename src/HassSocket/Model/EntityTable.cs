using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>The states of one whole and of what has changed since, by id and by domain.</summary>
/// <remarks>One writer at a time; any number of readers, who take no lock to find an entity. A change costs the same in a house of any size.</remarks>
internal sealed class EntityTable(int capacity = 0)
{
    private readonly ConcurrentDictionary<string, EntityCell> _cells = new(concurrencyLevel: 1, capacity);
    private readonly EntityDomains _domains = new();

    public int Count => _cells.Count;

    public EntityState? Find(string entityId) => _cells.TryGetValue(entityId, out var cell) ? cell.State : null;

    /// <summary>Finds the place of an entity by an id that is no string yet; only for the writer.</summary>
    public bool TryFind(ReadOnlySpan<char> entityId, [NotNullWhen(true)] out EntityCell? cell) =>
        _cells.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(entityId, out cell);

    public IReadOnlyList<EntityState> All()
    {
        var all = new List<EntityState>(_cells.Count);
        foreach (var (_, cell) in _cells) all.Add(cell.State);
        return all;
    }

    public IReadOnlyList<EntityState> OfDomain(string domain) => _domains.StatesOf(domain, _cells);

    /// <summary>Sets a state.</summary>
    /// <returns>The one before; <see langword="null"/> when the entity is new.</returns>
    public EntityState? Set(EntityState state)
    {
        if (_cells.TryGetValue(state.EntityId, out var cell))
        {
            var old = cell.State;
            cell.State = state;
            return old;
        }

        cell = new EntityCell { State = state };
        _cells[state.EntityId] = cell;
        _domains.Add(state.EntityId, cell);
        return null;
    }

    /// <summary>Sets a state of a new whole that nobody sees yet; it is made when somebody looks at it.</summary>
    /// <param name="entityId">Whose it is.</param>
    /// <param name="written">The state as <see cref="EntityBaseReader"/> has walked over it; must not change any more.</param>
    public void Set(string entityId, ReadOnlyMemory<byte> written)
    {
        if (!_cells.TryAdd(entityId, new EntityCell(entityId, written))) Set(EntityBaseReader.ReadState(entityId, written));
    }

    /// <summary>Takes an entity out.</summary>
    /// <returns>Its state; <see langword="null"/> when it was not there.</returns>
    public EntityState? Remove(string entityId)
    {
        if (!_cells.TryRemove(entityId, out var cell)) return null;
        _domains.Remove(entityId, cell);
        return cell.State;
    }
}
