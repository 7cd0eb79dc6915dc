namespace HassSocket.Testing.Simulator;

/// <summary>The one thread of the house, as it were: one piece of work at a time, and what it said leaves when it is done.</summary>
internal sealed class Ticks
{
    private readonly Lock _gate = new();
    private readonly List<Action> _afterwards = [];
    private int _depth;

    /// <summary>Does a piece of work; nested calls belong to the outer one.</summary>
    public void Run(Action work) => Run(() =>
    {
        work();
        return 0;
    });

    /// <summary>Does a piece of work that has a result.</summary>
    public T Run<T>(Func<T> work)
    {
        Action[] afterwards = [];
        try
        {
            lock (_gate)
            {
                _depth++;
                try
                {
                    return work();
                }
                finally
                {
                    if (--_depth == 0)
                    {
                        afterwards = [.. _afterwards];
                        _afterwards.Clear();
                    }
                }
            }
        }
        finally
        {
            foreach (var action in afterwards) action();
        }
    }

    /// <summary>Does something at the end of the current piece of work, outside the lock.</summary>
    public void Afterwards(Action action)
    {
        lock (_gate)
        {
            if (_depth > 0)
            {
                _afterwards.Add(action);
                return;
            }
        }

        action();
    }
}
