namespace HassSocket.Tests.Replay;

/// <summary>Everything that an observer was told, in order, and a way to wait for more.</summary>
internal sealed class Journal<T> : IObserver<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _all = [];
    private readonly List<(Func<Journal<T>, bool> Condition, TaskCompletionSource Met)> _waiters = [];
    private Exception? _error;
    private bool _hasEnded;

    public T this[int index]
    {
        get { lock (_lock) return _all[index]; }
    }

    public int Count
    {
        get { lock (_lock) return _all.Count; }
    }

    public T? Latest
    {
        get { lock (_lock) return _all.LastOrDefault(); }
    }

    public Exception? Error
    {
        get { lock (_lock) return _error; }
    }

    public bool HasEnded
    {
        get { lock (_lock) return _hasEnded; }
    }

    /// <summary>Waits until a condition is met; <see langword="false"/> when patience is over.</summary>
    public async Task<bool> UntilAsync(Func<Journal<T>, bool> condition, TimeSpan patience)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (condition(this)) return true;
            _waiters.Add((condition, met));
        }

        return await met.Task.EndsWithinAsync(patience);
    }

    public void OnNext(T value) => Note(() => _all.Add(value));

    public void OnError(Exception error) => Note(() => (_error, _hasEnded) = (error, true));

    public void OnCompleted() => Note(() => _hasEnded = true);

    private void Note(Action what)
    {
        lock (_lock)
        {
            what();
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (!_waiters[i].Condition(this)) continue;
                _waiters[i].Met.TrySetResult();
                _waiters.RemoveAt(i);
            }
        }
    }
}

/// <summary>Waiting for tasks whose outcome is judged later.</summary>
internal static class Patience
{
    /// <summary>Whether a task ends in time, in whatever way.</summary>
    public static async Task<bool> EndsWithinAsync(this Task task, TimeSpan patience)
    {
        if (task.IsCompleted) return true;
        using var enough = new CancellationTokenSource();
        var first = await Task.WhenAny(task, Task.Delay(patience, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        return first == task;
    }
}
