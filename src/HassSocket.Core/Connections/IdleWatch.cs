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

    private bool IsWanted => _parts.Registry.Count > 0 || _parts.Context.Gate.Waiting > 0;

    /// <summary>Goes to rest, unless something wants a socket.</summary>
    public bool TryRest()
    {
        lock (_lock) _wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return !IsWanted && _parts.Context.Gate.TryIdle();
    }

    /// <summary>Completes when something wants a socket.</summary>
    public async Task WhenWantedAsync(CancellationToken stop)
    {
        Task wanted;
        lock (_lock) wanted = _wanted.Task;
        // What came between going to rest and waiting is seen here.
        if (!IsWanted) await wanted.WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Completes when nothing has wanted the session for IdleCloseAfter, or it has ended.</summary>
    /// <returns>Whether it is idle, and the gate at rest.</returns>
    public async Task<bool> WhenIdleAsync(Session session, CancellationToken stop)
    {
        var options = _parts.Context.Options;
        var quietSince = _parts.Context.Time.GetTimestamp();
        var uses = session.Uses;
        while (!stop.IsCancellationRequested && !session.HasEnded)
        {
            var quiet = _parts.Context.Time.GetElapsedTime(quietSince);
            var isQuiet = !IsWanted && session.Pending.Count == 0 && session.Uses == uses;
            if (isQuiet && quiet >= options.IdleCloseAfter && _parts.Context.Gate.TryIdle()) return true;
            if (!isQuiet)
            {
                quietSince = _parts.Context.Time.GetTimestamp();
                uses = session.Uses;
                quiet = TimeSpan.Zero;
            }

            await Task.WhenAny(session.Ended, Task.Delay(options.IdleCloseAfter - quiet, _parts.Context.Time, stop)).ConfigureAwait(false);
        }

        return false;
    }

    private void Wake()
    {
        lock (_lock) _wanted.TrySetResult();
    }
}
