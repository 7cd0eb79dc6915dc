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

    /// <summary>What the reconnect pipeline hears of a session that ended before it had proved stable.</summary>
    public ConnectionLostException ToException() =>
        new(Explanation, Reason, Delivery.Unknown, Error) { CloseCode = CloseCode, IsSlow = IsSlow };

    /// <summary>What a command hears that was on the wire.</summary>
    public Exception ToException(string command)
    {
        if (Error is TrafficLimitExceededException limit)
            return new TrafficLimitExceededException(limit.Message, limit.Rate, limit.Limit) { Delivery = Delivery.Unknown };
        if (Reason == EndReason.ServerError && Error is CommandFailedException failure) return failure;
        var message = $"'{command}' was sent, but its answer was lost: {Explanation.TrimEnd('.')}. The server may have run it.";
        return new ConnectionLostException(message, Reason, Delivery.Unknown, Error) { CloseCode = CloseCode, Command = command };
    }
}
