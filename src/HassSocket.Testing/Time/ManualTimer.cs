namespace HassSocket.Testing.Time;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>; all that it knows of itself is guarded by the provider's lock.</summary>
internal sealed class ManualTimer(ManualTimeProvider provider, TimerCallback callback, object? state) : ITimer
{
    public static readonly IComparer<ManualTimer> ByDueTime = Comparer<ManualTimer>.Create(
        (a, b) => a.DueAt != b.DueAt ? a.DueAt.CompareTo(b.DueAt) : a.Sequence.CompareTo(b.Sequence));

    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>Whether it may never be scheduled again.</summary>
    public bool IsDisposed { get; set; }

    public TimeSpan DueAt { get; set; }

    public long Sequence { get; set; }

    public TimeSpan? Period { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) =>
        provider.Schedule(this, dueTime, period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : period);

    public void Fire()
    {
        if (_context is null) callback(state);
        else ExecutionContext.Run(_context, _ => callback(state), null);
    }

    public void Dispose() => provider.Forget(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
