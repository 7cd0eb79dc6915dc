using System.Globalization;

namespace HassSocket.Sessions;

/// <summary>Why a session ended, and how soon another may be tried.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Explanation">A sentence for a person.</param>
internal sealed record SessionEnd(EndReason Reason, string Explanation)
{
    public Exception? Error { get; init; }

    public int? CloseCode { get; init; }

    /// <summary>Whether the same would probably happen again at once, so that the longest wait is due.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Whether we ended it ourselves, on purpose.</summary>
    public bool IsOurs => Reason is EndReason.Stopped or EndReason.Handover or EndReason.IdleClose or EndReason.TrafficLimit;

    public static SessionEnd Lost(Exception error) => error is ProtocolViolationException
        ? new SessionEnd(EndReason.ProtocolViolation, error.Message) { Error = error }
        : new SessionEnd(EndReason.ConnectionLost, $"the connection broke without a farewell ({error.Message})") { Error = error };

    /// <summary>Load safety stops the connection.</summary>
    public static SessionEnd Of(TrafficLimitExceededException refusal) => new(EndReason.TrafficLimit, refusal.Message) { Error = refusal };

    /// <summary>The server has closed the socket.</summary>
    /// <param name="code">The close code, if it gave one.</param>
    /// <param name="reason">Its words.</param>
    /// <param name="hint">What the dialect knows about such a close.</param>
    public static SessionEnd Closed(int? code, string? reason, string? hint)
    {
        var number = code?.ToString(CultureInfo.InvariantCulture) ?? "none";
        var words = string.IsNullOrEmpty(reason) ? "" : $" \"{reason}\"";
        var explained = hint is null ? "" : ": " + hint;
        return new SessionEnd(EndReason.ClosedByServer, $"the server closed the connection (code {number}{words}){explained}") { CloseCode = code };
    }

    /// <summary>What the reconnect pipeline hears of a session that ended before it had proved stable.</summary>
    public ConnectionLostException ToException() =>
        new(Explanation, Reason, Delivery.Unknown, Error) { CloseCode = CloseCode, IsSlow = IsSlow };

    /// <summary>What a command hears that was on the wire, or on its way there.</summary>
    public Exception ToException(string command, Delivery delivery = Delivery.Unknown)
    {
        if (Error is TrafficLimitExceededException limit)
            return new TrafficLimitExceededException(limit.Message, limit.Rate, limit.Limit) { Delivery = delivery };
        var why = Explanation.TrimEnd('.');
        if (delivery == Delivery.NotSent)
            return new ConnectionLostException($"'{command}' was not sent: {why}.", Reason, delivery, Error) { CloseCode = CloseCode, Command = command };
        if (Reason == EndReason.ServerError && Error is CommandFailedException failure) return failure;
        var message = $"'{command}' was sent, but its answer was lost: {why}. The server may have run it.";
        return new ConnectionLostException(message, Reason, delivery, Error) { CloseCode = CloseCode, Command = command };
    }
}
