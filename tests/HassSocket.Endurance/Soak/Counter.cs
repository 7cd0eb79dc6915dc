namespace HassSocket.Endurance.Soak;

/// <summary>Counts events, and sees that each comes once and in order.</summary>
internal sealed class Counter
{
    private readonly Lock _lock = new();
    private long _made;
    private long _count;
    private (long Count, TaskCompletionSource Reached)? _awaited;

    public long Count
    {
        get { lock (_lock) return _count; }
    }

    /// <summary>The number of the event that was made last.</summary>
    public long Last => Volatile.Read(ref _made);

    public long Next() => Interlocked.Increment(ref _made);

    public Task WhenAsync(long count)
    {
        lock (_lock)
        {
            if (_count >= count) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = (count, reached);
            return reached.Task;
        }
    }

    public Task TakeAsync(HassEvent @event, CancellationToken cancellationToken)
    {
        var number = @event.Data().GetProperty("n").GetInt64();
        lock (_lock)
        {
            _count++;
            if (number != _count) _awaited?.Reached.TrySetException(new InvalidOperationException($"Event {number} came as number {_count}."));
            if (_awaited is { } awaited && _count >= awaited.Count) awaited.Reached.TrySetResult();
        }

        return Task.CompletedTask;
    }
}
