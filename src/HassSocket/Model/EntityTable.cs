using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>The states of one whole and of what has changed since, by id and by domain.</summary>
/// <remarks>One writer at a time; any number of readers, who take no lock to find an entity. A change costs the same in a house of any size.</remarks>
internal sealed class EntityTable(int capacity = 0)
{
    private readonly ConcurrentDictionary<string, EntityCell> _cells = new(concurrencyLevel: 1, capacity);
    private readonly ConcurrentDictionary<string, List<EntityCell>> _domains = new();

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

    public IReadOnlyList<EntityState> OfDomain(string domain)
    {
        if (!_domains.TryGetValue(domain, out var cells)) return [];
        lock (cells) return cells.ConvertAll(cell => cell.State);
    }

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

        TryAdd(state.EntityId, new EntityCell { State = state });
        return null;
    }

    /// <summary>Sets a state of a new whole; it is made when somebody looks at it.</summary>
    /// <param name="entityId">Whose it is.</param>
    /// <param name="written">The state as <see cref="EntityBaseReader"/> has walked over it; must not change any more.</param>
    public void Set(string entityId, ReadOnlyMemory<byte> written)
    {
        if (!TryAdd(entityId, new EntityCell(entityId, written))) Set(EntityBaseReader.ReadState(entityId, written));
    }

    /// <summary>Takes an entity out.</summary>
    /// <returns>Its state; <see langword="null"/> when it was not there.</returns>
    public EntityState? Remove(string entityId)
    {
        if (!_cells.TryRemove(entityId, out var cell)) return null;
        var cells = _domains.GetAlternateLookup<ReadOnlySpan<char>>()[DomainOf(entityId)];
        lock (cells)
        {
            // The last one takes its place: what it costs does not depend on how many there are.
            var last = cells[^1];
            cells[cell.Place] = last;
            last.Place = cell.Place;
            cells.RemoveAt(cells.Count - 1);
        }

        return cell.State;
    }

    private static ReadOnlySpan<char> DomainOf(string entityId) => entityId.AsSpan(0, Math.Max(0, entityId.IndexOf('.', StringComparison.Ordinal)));

    private bool TryAdd(string entityId, EntityCell cell)
    {
        if (!_cells.TryAdd(entityId, cell)) return false;
        var domain = DomainOf(entityId);
        var byDomain = _domains.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!byDomain.TryGetValue(domain, out var cells)) byDomain[domain] = cells = [];
        lock (cells)
        {
            cell.Place = cells.Count;
            cells.Add(cell);
        }

        return true;
    }
}
