namespace HassSocket.Testing.Time;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>; its due time and place in the queue are guarded by the provider's lock.</summary>
internal sealed class ManualTimer(ManualTimeProvider provider, TimerCallback callback, object? state) : ITimer
{
    public static readonly IComparer<ManualTimer> ByDueTime = Comparer<ManualTimer>.Create(
        (a, b) => a.DueAt != b.DueAt ? a.DueAt.CompareTo(b.DueAt) : a.Sequence.CompareTo(b.Sequence));

    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private bool _isDisposed;

    public TimeSpan DueAt { get; set; }

    public long Sequence { get; set; }

    public TimeSpan? Period { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed) return false;
        Period = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : period;
        provider.Schedule(this, dueTime);
        return true;
    }

    public void Fire()
    {
        if (_context is null) callback(state);
        else ExecutionContext.Run(_context, _ => callback(state), null);
    }

    public void Dispose()
    {
        _isDisposed = true;
        provider.Schedule(this, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
