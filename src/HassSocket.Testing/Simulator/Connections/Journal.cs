using HassSocket.Testing.Time;

namespace HassSocket.Testing.Simulator;

/// <summary>A list that only grows, and the tests that wait for what is added to it.</summary>
internal sealed class Journal<T>
{
    private readonly Lock _gate = new();
    private readonly List<T> _entries = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_gate) return [.. _entries];
        }
    }

    public void Add(T entry)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _entries.Add(entry);
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.TrySetResult();
    }

    /// <summary>Waits for an entry that meets a condition, which is asked for each once and in order; throws with a text about all of them when none comes.</summary>
    public async Task<T> WaitAsync(Func<T, bool> condition, TimeSpan? guard, Func<IReadOnlyList<T>, string> why)
    {
        var asked = 0;
        while (true)
        {
            T[] entries;
            Task changed;
            lock (_gate) (entries, changed) = ([.. _entries[asked..]], _changed.Task);
            foreach (var entry in entries)
            {
                if (condition(entry)) return entry;
            }

            asked += entries.Length;
            try
            {
                await changed.WaitAsync(guard ?? Guard.Default, TimeProvider.System).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException(why(All));
            }
        }
    }
}
