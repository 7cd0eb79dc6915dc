using HassSocket.Transport;

namespace HassSocket.Sessions;

/// <summary>Reads one socket to its end, message by message, and has each brought to those it concerns.</summary>
internal sealed class Reader(ITransport transport, MessageBuffer buffer, Dispatcher dispatcher, Heartbeat heartbeat, SessionContext context)
{
    private const int TurnBytes = 64 * 1024;
    private long _turnEnds = TurnBytes;

    /// <summary>Reads until the socket ends.</summary>
    /// <returns>Why it ended. Never throws.</returns>
    public async Task<SessionEnd> RunAsync()
    {
        try
        {
            while (await transport.ReceiveAsync(buffer).ConfigureAwait(false))
            {
                heartbeat.NoteLife();
                context.Telemetry.Frame("in", buffer.TotalBytes);
                if (buffer.IsOversized) dispatcher.RefuseOversized();
                else context.Dialect.Split(buffer.Message, dispatcher);
                buffer.Reset();
                if (IsTurnOver()) await Task.Yield();
            }

            return dispatcher.Explain(SessionEnd.Closed(
                transport.CloseCode, transport.CloseReason, context.Dialect.Explain(transport.CloseCode, context.Owner.HoldsWide)));
        }
        catch (Exception error)
        {
            // Whatever ended the socket, a cancellation that nobody asked for included, is a disconnect.
            return dispatcher.Explain(SessionEnd.Lost(error));
        }
    }

    private bool IsTurnOver()
    {
        // A bunch of callers got their answers at once, and may call again: together, if they run before the next message is read.
        var isOver = dispatcher.TakeAnswers() > 1;
        // A flood is read without ever waiting. Where the pool has few threads, consumers would get none of them.
        isOver |= buffer.Received >= _turnEnds;
        if (isOver) _turnEnds = buffer.Received + TurnBytes;
        return isOver;
    }
}
