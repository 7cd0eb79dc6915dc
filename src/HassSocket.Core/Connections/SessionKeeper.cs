using HassSocket.Sessions;

namespace HassSocket.Connections;

/// <summary>Holds the session that serves now: follows it to its end and to its successors, and buries it.</summary>
internal sealed class SessionKeeper(ConnectionParts parts, Handover handover, IdleWatch idle, CancellationToken stop)
{
    private static readonly TimeSpan FarewellBudget = TimeSpan.FromSeconds(2);
    private static readonly SessionEnd Idle = new(EndReason.IdleClose, "nothing needs the socket");
    private Task _idling = Task.CompletedTask;

    /// <summary>The latest session; it may have ended.</summary>
    public Session? Latest { get; private set; }

    public void Hold(Session session) => Latest = session;

    /// <summary>The session is ready: one that is opened on demand closes by itself when nothing needs it.</summary>
    public void Watch(Session session)
    {
        if (parts.Context.Options.OpenOnDemand) _idling = CloseWhenIdleAsync(session);
    }

    /// <summary>Waits for the end of a session, and of every successor it hands over to.</summary>
    public async Task<SessionEnd> FollowAsync(Session session)
    {
        while (true)
        {
            var end = await session.Ended.WaitAsync(stop).ConfigureAwait(false);
            if (await SucceedAsync(session, end).ConfigureAwait(false) is not { } successor) return end;
            session = successor;
        }
    }

    /// <summary>A session has ended: its successor is the one that serves, if there is one.</summary>
    public async Task<Session?> SucceedAsync(Session ended, SessionEnd end)
    {
        ended.Bury(end);
        await _idling.ConfigureAwait(false);
        if (end.Reason == EndReason.IdleClose)
        {
            await handover.AbandonAsync(end, TimeSpan.Zero).ConfigureAwait(false);
            return null;
        }

        var successor = await handover.TakeOverAsync(ended, () => MoveIntoGap(end), MoveToReady).ConfigureAwait(false);
        if (successor is null) return null;
        Hold(successor);
        Watch(successor);
        stop.ThrowIfCancellationRequested();
        return successor;
    }

    /// <summary>Ends whatever serves, with a farewell when there is time for one.</summary>
    public async Task EndAsync(SessionEnd end, TimeSpan farewell)
    {
        // The old session first: from its end, or from its farewell under a cancelled token, no successor can come any more.
        var closing = Latest is { } session ? EndAsync(session, end, farewell) : Task.CompletedTask;
        await handover.AbandonAsync(end, farewell).ConfigureAwait(false);
        await closing.ConfigureAwait(false);
    }

    /// <summary>Ends whatever serves because the connection is stopped.</summary>
    public Task StopAsync() => EndAsync(new SessionEnd(EndReason.Stopped, "the connection was stopped"), FarewellBudget);

    private static async Task EndAsync(Session session, SessionEnd end, TimeSpan farewell)
    {
        if (farewell > TimeSpan.Zero && !session.HasEnded) await session.CloseAsync(end, farewell).ConfigureAwait(false);
        session.Bury(end);
    }

    private async Task CloseWhenIdleAsync(Session session)
    {
        if (await idle.WhenIdleAsync(session, stop).ConfigureAwait(false))
            await session.CloseAsync(Idle, FarewellBudget).ConfigureAwait(false);
    }

    // A successor that is still being dialled is an attempt like any other to whoever watches.
    private void MoveIntoGap(SessionEnd end)
    {
        parts.States.Move(ConnectionState.Backoff, Failure.Of(end), 0, TimeSpan.Zero);
        parts.States.Move(ConnectionState.Connecting);
    }

    private void MoveToReady()
    {
        parts.States.Move(ConnectionState.Authenticating);
        parts.States.Move(ConnectionState.Restoring);
        parts.States.Move(ConnectionState.Ready);
    }
}
