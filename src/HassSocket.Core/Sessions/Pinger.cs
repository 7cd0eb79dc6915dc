using HassSocket.Sending;

namespace HassSocket.Sessions;

/// <summary>Sends the pings of the heartbeat, and measures how long their answers take.</summary>
internal sealed class Pinger(Session session, SessionContext context)
{
    private long _bareSentAt;

    /// <summary>Sends a ping; the answer to one that takes a key comes like any other.</summary>
    public void Ping()
    {
        var sentAt = context.Time.GetTimestamp();
        var ping = session.QueueControl("ping", context.Dialect.Ping);
        if (ping is { IsBare: true }) Volatile.Write(ref _bareSentAt, sentAt);
        else if (ping is not null) _ = NoteAnswerAsync(ping, sentAt);
        session.Kick();
    }

    /// <summary>A pong without a key has come: the answer to the ping that took none.</summary>
    /// <returns>Whether there was such a ping.</returns>
    public bool TakePong()
    {
        var sentAt = Interlocked.Exchange(ref _bareSentAt, 0);
        if (sentAt != 0) context.Telemetry.Ping(context.Time.GetElapsedTime(sentAt));
        return sentAt != 0;
    }

    private async Task NoteAnswerAsync(OutgoingCommand ping, long sentAt)
    {
        if (await ping.AnswerOrNullAsync().ConfigureAwait(false) is not null) context.Telemetry.Ping(context.Time.GetElapsedTime(sentAt));
    }
}
