using HassSocket.Sessions;
using Microsoft.Extensions.Logging;

namespace HassSocket.Connections;

/// <summary>Replaces a session that the server wants to end, before it ends: a successor opens beside it, and everything moves.</summary>
internal sealed partial class Handover(ConnectionParts parts, SessionOpener opener, ReadySwitch readySwitch, CancellationToken stop)
{
    private static readonly TimeSpan MoveBudget = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FarewellBudget = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly ILogger _log = parts.Context.Log;
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Session? _predecessor;
    private Task<Session?> _opening = Task.FromResult<Session?>(null);
    private Task _moving = Task.CompletedTask;
    private bool _isBeside;

    /// <summary>The server asks for a successor; a second notice for the same session changes nothing.</summary>
    public void Begin(Session session)
    {
        lock (_lock)
        {
            if (_predecessor is not null) return;
            _predecessor = session;
            _isBeside = false;
            _opening = Task.Run(() => OpenAsync(session));
            _moving = MoveAsync(session, _opening);
        }
    }

    /// <summary>A subscription may have moved.</summary>
    public void Pulse()
    {
        lock (_lock)
        {
            if (_predecessor is null) return;
            _progress.TrySetResult();
            _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The predecessor has ended: hands over its successor, if there is one.</summary>
    public async Task<Session?> TakeOverAsync(Session ended)
    {
        Task<Session?> opening;
        lock (_lock)
        {
            if (_predecessor != ended) return null;
            opening = _opening;
        }

        var successor = await opening.ConfigureAwait(false);
        await _moving.ConfigureAwait(false);
        bool isBeside;
        lock (_lock)
        {
            isBeside = _isBeside;
            _predecessor = null;
        }

        if (successor is null) return null;
        if (isBeside) parts.Registry.FinishMove(successor);
        else if (!readySwitch.TryOpen(successor, static () => { })) return null;
        return successor;
    }

    /// <summary>The connection ends: so does a successor that nobody has taken over.</summary>
    public async Task AbandonAsync(SessionEnd end)
    {
        Task<Session?> opening;
        lock (_lock)
        {
            if (_predecessor is null) return;
            opening = _opening;
            _predecessor = null;
        }

        if (await opening.ConfigureAwait(false) is not { } successor) return;
        successor.End(end);
        await successor.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<Session?> OpenAsync(Session old)
    {
        try
        {
            var successor = await opener.OpenAsync(onUpgraded: null, stop).ConfigureAwait(false);
            _isBeside = readySwitch.TryOpenBeside(old, successor);
            LogSuccessor(old.Number, successor.Number);
            return successor;
        }
        catch (Exception error)
        {
            // The old socket still serves; when it ends, the ordinary way of reconnecting is there.
            LogNoSuccessor(old.Number, error.Message);
            lock (_lock)
            {
                if (_predecessor == old && !old.HasEnded) _predecessor = null;
            }

            return null;
        }
    }

    /// <summary>Waits until everything has left the old session, then ends it.</summary>
    private async Task MoveAsync(Session old, Task<Session?> opening)
    {
        if (await opening.ConfigureAwait(false) is not { } successor || !_isBeside) return;
        var deadline = Task.Delay(MoveBudget, parts.Context.Time);
        while (!parts.Registry.HasMoved(old) && !deadline.IsCompleted && !old.HasEnded)
        {
            Task progress;
            lock (_lock) progress = _progress.Task;
            if (parts.Registry.HasMoved(old)) break;
            await Task.WhenAny(progress, deadline, old.Ended, successor.Ended).ConfigureAwait(false);
            if (!successor.HasEnded || old.HasEnded) continue;
            lock (_lock) _predecessor = null;
            readySwitch.Reopen(old);
            return;
        }

        parts.Registry.FinishMove(successor);
        await Task.WhenAny(old.Pending.WhenEmpty(), old.Ended).ConfigureAwait(false);
        await old.CloseAsync(new SessionEnd(EndReason.Handover, "a successor took over, as the server asked"), FarewellBudget).ConfigureAwait(false);
    }
}
