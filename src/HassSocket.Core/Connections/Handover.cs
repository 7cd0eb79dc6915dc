using HassSocket.Sessions;
using Microsoft.Extensions.Logging;

namespace HassSocket.Connections;

/// <summary>Replaces a session that the server wants to end, before it ends: a successor opens beside it, and everything moves.</summary>
internal sealed partial class Handover(ConnectionParts parts, SessionOpener opener, ReadySwitch readySwitch, CancellationToken stop)
{
    private static readonly TimeSpan MoveBudget = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FarewellBudget = TimeSpan.FromSeconds(2);
    private static readonly SessionEnd TakenOver = new(EndReason.Handover, "a successor took over, as the server asked");
    private readonly Lock _lock = new();
    private readonly ILogger _log = parts.Context.Log;
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Succession? _current;
    private Session? _askedMeanwhile;

    /// <summary>The server asks for a successor; a second notice for the same session changes nothing.</summary>
    public void Begin(Session session)
    {
        lock (_lock)
        {
            // A session that has ended has been, or will be, asked for its successor: it must find none that came too late.
            if (session.HasEnded || _current?.Old == session) return;
            if (_current is not null)
            {
                _askedMeanwhile = session;
                return;
            }

            var succession = new Succession(session, CancellationTokenSource.CreateLinkedTokenSource(stop));
            _current = succession;
            succession.Opening = Task.Run(() => OpenAsync(succession));
            succession.Moving = MoveAsync(succession, succession.Opening);
        }
    }

    /// <summary>A subscription may have moved.</summary>
    public void Pulse()
    {
        lock (_lock)
        {
            if (_current is null) return;
            _progress.TrySetResult();
            _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>A session has ended: hands over its successor, if there is one.</summary>
    /// <param name="ended">The session.</param>
    /// <param name="onGap">Called when there is a successor to wait for, and no open session until then.</param>
    /// <param name="onReady">Called when the successor becomes ready after such a wait.</param>
    public async Task<Session?> TakeOverAsync(Session ended, Action onGap, Action onReady)
    {
        Succession? succession;
        lock (_lock) succession = _current;
        if (succession?.Old != ended) return null;
        // From here on the gate cannot open beside: its predecessor has ended.
        if (parts.Context.Gate.OpenSession is null) onGap();
        var successor = await succession.Opening.ConfigureAwait(false);
        await succession.Moving.ConfigureAwait(false);
        if (!Finish(succession)) return null;
        succession.Cancel.Dispose();
        if (successor is null) return null;
        if (!succession.IsBeside && !readySwitch.TryOpen(successor, onReady))
        {
            successor.Bury(TakenOver);
            return null;
        }

        ContinueWith(successor);
        return successor;
    }

    /// <summary>The connection ends, or has no use for it: so does a successor that nobody has taken over.</summary>
    public async Task AbandonAsync(SessionEnd end, TimeSpan farewell)
    {
        Succession? succession;
        lock (_lock) succession = _current;
        if (succession is null || !Finish(succession)) return;
        await succession.Cancel.CancelAsync().ConfigureAwait(false);
        if (await succession.Opening.ConfigureAwait(false) is not { } successor) return;
        // One that nobody reads from would not hear the answer to a farewell.
        if (succession.IsBeside && farewell > TimeSpan.Zero) await successor.CloseAsync(end, farewell).ConfigureAwait(false);
        successor.Bury(end);
    }

    private async Task<Session?> OpenAsync(Succession succession)
    {
        var cancel = succession.Cancel.Token;
        try
        {
            await Task.Delay(opener.UntilNextDial, parts.Context.Time, cancel).ConfigureAwait(false);
            var successor = await opener.OpenAsync(onUpgraded: null, cancel).ConfigureAwait(false);
            succession.IsBeside = readySwitch.TryOpenBeside(succession.Old, successor);
            if (!succession.IsBeside && successor.HasEnded)
            {
                successor.Bury(TakenOver);
                throw (await successor.Ended.ConfigureAwait(false)).ToException();
            }

            LogSuccessor(succession.Old.Number, successor.Number);
            return successor;
        }
        catch (Exception error)
        {
            // The old socket still serves; when it ends, the ordinary way of reconnecting is there.
            if (!cancel.IsCancellationRequested) LogNoSuccessor(succession.Old.Number, error.Message);
            if (Finish(succession)) succession.Cancel.Dispose();
            return null;
        }
    }

    /// <summary>Waits until everything has left the old session, then ends it.</summary>
    private async Task MoveAsync(Succession succession, Task<Session?> opening)
    {
        var old = succession.Old;
        if (await opening.ConfigureAwait(false) is not { } successor || !succession.IsBeside) return;
        await LeaveAsync(succession, successor).ConfigureAwait(false);
        if (!successor.HasEnded)
        {
            readySwitch.FinishMove(successor);
            await Task.WhenAny(old.Pending.WhenNoCalls(), old.Ended, successor.Ended).ConfigureAwait(false);
        }

        if (!successor.HasEnded || old.HasEnded)
        {
            await old.CloseAsync(TakenOver, FarewellBudget).ConfigureAwait(false);
        }
        else if (Finish(succession))
        {
            GoOnWithout(successor, await successor.Ended.ConfigureAwait(false), old);
            succession.Cancel.Dispose();
        }
    }

    private void GoOnWithout(Session successor, SessionEnd end, Session old)
    {
        // Load safety stops the connection, and not just the socket that it happened on.
        if (end.Reason == EndReason.TrafficLimit) old.End(end);
        else readySwitch.Reopen(old);
        LogNoSuccessor(old.Number, end.Explanation);
        successor.Bury(end);
    }

    /// <summary>Completes when every subscription has moved, time is up, or one of the two sessions has ended.</summary>
    private async Task LeaveAsync(Succession succession, Session successor)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(succession.Cancel.Token);
        var deadline = Task.Delay(MoveBudget, parts.Context.Time, enough.Token);
        while (!deadline.IsCompleted && !succession.Old.HasEnded && !successor.HasEnded)
        {
            Task progress;
            lock (_lock) progress = _progress.Task;
            if (parts.Registry.HasMoved(succession.Old)) break;
            await Task.WhenAny(progress, deadline, succession.Old.Ended, successor.Ended).ConfigureAwait(false);
        }

        await enough.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Ends a succession; whoever is first decides what becomes of the successor.</summary>
    private bool Finish(Succession succession)
    {
        lock (_lock)
        {
            if (_current != succession) return false;
            _current = null;
            return true;
        }
    }

    private void ContinueWith(Session successor)
    {
        bool isAsked;
        lock (_lock)
        {
            isAsked = _askedMeanwhile == successor;
            _askedMeanwhile = null;
        }

        if (isAsked) Begin(successor);
    }

    /// <summary>One session and the one that follows it.</summary>
    private sealed class Succession(Session old, CancellationTokenSource cancel)
    {
        public Session Old { get; } = old;

        public CancellationTokenSource Cancel { get; } = cancel;

        /// <summary>Whether the successor was opened while the old session lived.</summary>
        public bool IsBeside { get; set; }

        public Task<Session?> Opening { get; set; } = Task.FromResult<Session?>(null);

        public Task Moving { get; set; } = Task.CompletedTask;
    }
}
