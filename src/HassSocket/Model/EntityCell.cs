using HassSocket.Dialect;

namespace HassSocket;

/// <summary>The place of one entity in an <see cref="EntityTable"/>.</summary>
/// <param name="entityId">Whose it is.</param>
/// <param name="written">The state as it came, to be read when it is looked at; empty where it is set.</param>
internal sealed class EntityCell(string entityId = "", ReadOnlyMemory<byte> written = default)
{
    private volatile EntityState? _state;

    public EntityState State
    {
        // Two readers may both make it; whoever comes second takes the other's, or a later one that the writer has set since.
        get => _state ?? Interlocked.CompareExchange(ref _state, EntityBaseReader.ReadState(entityId, written), null) ?? _state!;
        set => _state = value;
    }

    /// <summary>Where it stands among those of its domain, below zero where it does not; guarded by the lock of <see cref="EntityDomains"/>.</summary>
    public int Place { get; set; } = -1;
}
