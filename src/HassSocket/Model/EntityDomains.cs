namespace HassSocket;

/// <summary>The entities of a table by domain; sorted when somebody asks for one first, and kept so from then on.</summary>
/// <remarks>A whole house can be taken in without it. A table tells of an entity after it has put it in, or taken it out.</remarks>
internal sealed class EntityDomains
{
    private readonly Lock _lock = new();
    private Dictionary<string, List<EntityCell>>? _byDomain;

    /// <summary>The states of a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="all">All entities of the table, as they are when they are sorted.</param>
    public IReadOnlyList<EntityState> StatesOf(string domain, IEnumerable<KeyValuePair<string, EntityCell>> all)
    {
        EntityCell[] cells;
        lock (_lock)
        {
            if (_byDomain is null)
            {
                _byDomain = [];
                foreach (var (entityId, cell) in all) Add_NeedsLock(_byDomain, entityId, cell);
            }

            cells = _byDomain.TryGetValue(domain, out var some) ? [.. some] : [];
        }

        return Array.ConvertAll(cells, cell => cell.State);
    }

    public void Add(string entityId, EntityCell cell)
    {
        lock (_lock)
        {
            if (_byDomain is not null) Add_NeedsLock(_byDomain, entityId, cell);
        }
    }

    public void Remove(string entityId, EntityCell cell)
    {
        lock (_lock)
        {
            if (_byDomain is null || cell.Place < 0) return;
            // The last one takes its place: what it costs does not depend on how many there are.
            var cells = _byDomain.GetAlternateLookup<ReadOnlySpan<char>>()[DomainOf(entityId)];
            var last = cells[^1];
            cells[cell.Place] = last;
            last.Place = cell.Place;
            cells.RemoveAt(cells.Count - 1);
            cell.Place = -1;
        }
    }

    private static void Add_NeedsLock(Dictionary<string, List<EntityCell>> byDomain, string entityId, EntityCell cell)
    {
        // One that was put in while all were being sorted has its place already.
        if (cell.Place >= 0) return;
        var lookup = byDomain.GetAlternateLookup<ReadOnlySpan<char>>();
        var domain = DomainOf(entityId);
        if (!lookup.TryGetValue(domain, out var cells)) lookup[domain] = cells = [];
        cell.Place = cells.Count;
        cells.Add(cell);
    }

    private static ReadOnlySpan<char> DomainOf(string entityId) => entityId.AsSpan(0, Math.Max(0, entityId.IndexOf('.', StringComparison.Ordinal)));
}
