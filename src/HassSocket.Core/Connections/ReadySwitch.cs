using HassSocket.Sessions;

namespace HassSocket.Connections;

/// <summary>Where sessions become the open one, and stop being it: one lock decides races between the two.</summary>
internal sealed class ReadySwitch(ConnectionParts parts)
{
    private readonly Lock _lock = new();
    private Session? _open;
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
            Open_NeedsLock(session, onReady);
        }

        session.Kick();
        return true;
    }

    /// <summary>Makes a successor the open one for new calls, while its predecessor still serves what is under way.</summary>
    /// <returns><see langword="false"/> when one of the two has ended meanwhile.</returns>
    public bool TryOpenBeside(Session predecessor, Session successor)
    {
        lock (_lock)
        {
            // After its predecessor's end a successor is a session like any other, which somebody else will open.
            if (predecessor.HasEnded) return false;
            successor.Start();
            if (successor.HasEnded) return false;
            parts.Registry.PrepareMove(successor);
            Open_NeedsLock(successor, static () => { });
        }

        successor.Kick();
        return true;
    }

    /// <summary>What has not moved to a successor yet moves now.</summary>
    public void FinishMove(Session successor)
    {
        lock (_lock)
        {
            if (!successor.HasEnded) parts.Registry.FinishMove(successor);
        }
    }

    /// <summary>A successor has ended before it took over: its predecessor is the open one again.</summary>
    public void Reopen(Session predecessor)
    {
        lock (_lock)
        {
            if (predecessor.HasEnded) return;
            parts.Registry.MoveBack(predecessor);
            parts.Sessions.Remember(predecessor.News!);
            parts.Context.Gate.Open(predecessor);
            _open = predecessor;
            _lost = null;
        }

        predecessor.Kick();
    }

    public void Close(Session session, SessionEnd end)
    {
        lock (_lock)
        {
            // Only the open one leaves a gap: a predecessor, or one that never became ready, is missed by nobody.
            if (_open == session)
            {
                _open = null;
                _lost = (parts.Context.Time.GetUtcNow(), parts.Context.Time.GetTimestamp(), end.Reason);
                parts.Sessions.Forget();
            }

            parts.Registry.Detach(session);
            // The gate of an idle session has been shut before; who came since waits for the next one.
            if (end.Reason != EndReason.IdleClose) parts.Context.Gate.Shut(session, end.Reason, end.Explanation, end.Error);
        }
    }

    private void Open_NeedsLock(Session session, Action onReady)
    {
        // Who hears that the session is ready may use it at once, also a moment before the gate lets anything out.
        parts.Context.Gate.Expect();
        Announce_NeedsLock(session);
        onReady();
        parts.Context.Gate.Open(session);
        _open = session;
        _lost = null;
    }

    private void Announce_NeedsLock(Session session)
    {
        var time = parts.Context.Time;
        session.News = new ConnectedSession(session.Number, session.ServerVersion, time.GetUtcNow())
        {
            GapReason = _open is not null ? EndReason.Handover : _lost?.Reason ?? EndReason.None,
            GapLength = GapLength_NeedsLock(),
        };
        parts.Sessions.Publish(session.News);
    }

    // The monotonic clock may stop while the machine sleeps, and the one on the wall may be set back: the longer span is the truer one.
    private TimeSpan GapLength_NeedsLock()
    {
        if (_open is not null || _lost is not { } lost) return TimeSpan.Zero;
        var time = parts.Context.Time;
        var byWall = time.GetUtcNow() - lost.At;
        var passed = time.GetElapsedTime(lost.Timestamp);
        return byWall > passed ? byWall : passed;
    }
}
