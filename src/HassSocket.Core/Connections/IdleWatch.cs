using HassSocket.Sessions;

namespace HassSocket.Connections;

/// <summary>Tells when a socket that is opened on demand is wanted, and when it no longer is.</summary>
internal sealed class IdleWatch
{
    private readonly ConnectionParts _parts;
    private readonly Lock _lock = new();
    private TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IdleWatch(ConnectionParts parts)
    {
        _parts = parts;
        parts.Registry.Wanted = Wake;
        parts.Context.Gate.Wanted = Wake;
    }

    /// <summary>Whether a socket is worth another attempt.</summary>
    public bool IsNeeded => !_parts.Context.Options.OpenOnDemand || IsWanted;

    private bool IsWanted => _parts.Registry.Count > 0 || _parts.Context.Gate.Waiting > 0;

    /// <summary>Goes to rest, unless something wants a socket.</summary>
    public bool TryRest()
    {
        lock (_lock) _wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return !IsWanted && _parts.Context.Gate.TryIdle(session: null);
    }

    /// <summary>Completes when something wants a socket.</summary>
    public async Task WhenWantedAsync(CancellationToken stop)
    {
        Task wanted;
        lock (_lock) wanted = _wanted.Task;
        // What came between going to rest and waiting is seen here.
        if (!IsWanted) await wanted.WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Completes when nothing has needed the session for IdleCloseAfter, or it has ended.</summary>
    /// <returns>Whether it is idle, and the gate at rest.</returns>
    public async Task<bool> WhenIdleAsync(Session session, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        while (!stop.IsCancellationRequested && !session.HasEnded)
        {
            var left = LeftFor(session);
            if (left <= TimeSpan.Zero)
            {
                if (_parts.Context.Gate.TryIdle(session)) return true;
                left = _parts.Context.Options.IdleCloseAfter;
            }

            await Task.WhenAny(session.Ended, Task.Delay(left, _parts.Context.Time, over.Token)).ConfigureAwait(false);
        }

        await over.CancelAsync().ConfigureAwait(false);
        return false;
    }

    private TimeSpan LeftFor(Session session)
    {
        var span = _parts.Context.Options.IdleCloseAfter;
        if (IsWanted || session.Pending.Calls > 0) return span;
        return span - _parts.Context.Time.GetElapsedTime(Math.Max(session.LastNeeded, _parts.Registry.EmptySince));
    }

    private void Wake()
    {
        lock (_lock) _wanted.TrySetResult();
    }
}
