using HassSocket.Sessions;

namespace HassSocket.Connections;

/// <summary>Where sessions become the open one, and stop being it: one lock decides races between the two.</summary>
internal sealed class ReadySwitch(ConnectionParts parts)
{
    private readonly Lock _lock = new();
    private (DateTimeOffset At, long Timestamp, EndReason Reason)? _lost;

    /// <summary>Makes a session the open one: subscriptions are asked for first, observers told next, then the gate opens.</summary>
    /// <returns><see langword="false"/> when the session has ended already.</returns>
    public bool TryOpen(Session session, Action onReady)
    {
        lock (_lock)
        {
            session.Start();
            if (session.HasEnded) return false;
            parts.Registry.Restore(session);
            Announce_NeedsLock(session);
            onReady();
            parts.Context.Gate.Open(session);
        }

        session.Kick();
        return true;
    }

    /// <summary>Makes a successor the open one for new calls, while its predecessor still serves what is under way.</summary>
    /// <returns><see langword="false"/> when the predecessor has ended meanwhile: the successor is a session like any other then.</returns>
    public bool TryOpenBeside(Session predecessor, Session successor)
    {
        lock (_lock)
        {
            if (predecessor.HasEnded) return false;
            successor.Start();
            if (successor.HasEnded) return false;
            parts.Registry.PrepareMove(successor);
            Announce_NeedsLock(successor);
            parts.Context.Gate.Open(successor);
        }

        successor.Kick();
        return true;
    }

    /// <summary>A successor has ended before it took over: its predecessor is the open one again.</summary>
    public void Reopen(Session predecessor)
    {
        lock (_lock)
        {
            if (predecessor.HasEnded) return;
            parts.Registry.MoveBack(predecessor);
            parts.Context.Gate.Open(predecessor);
        }

        predecessor.Kick();
    }

    public void Close(Session session, SessionEnd end)
    {
        lock (_lock)
        {
            _lost = (parts.Context.Time.GetUtcNow(), parts.Context.Time.GetTimestamp(), end.Reason);
            if (end.Reason != EndReason.Handover) parts.Sessions.Forget();
            parts.Registry.Detach(session);
            parts.Context.Gate.Shut(session, end.Reason, end.Explanation, end.Error);
        }
    }

    private void Announce_NeedsLock(Session session)
    {
        var time = parts.Context.Time;
        parts.Sessions.Publish(new ConnectedSession(session.Number, session.ServerVersion, time.GetUtcNow())
        {
            GapReason = _lost?.Reason ?? EndReason.None,
            GapLength = _lost is { } lost ? time.GetUtcNow() - lost.At : TimeSpan.Zero,
        });
        _lost = null;
    }
}
