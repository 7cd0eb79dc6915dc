using System.Net;
using HassSocket.Sessions;

namespace HassSocket.Connections;

/// <summary>A failed attempt or a lost session, as the user hears of it.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Explanation">A sentence for a person.</param>
/// <param name="Error">The exception behind it, where there is one.</param>
/// <param name="IsSlow">Whether the same would probably happen again at once, so that the longest wait is due.</param>
internal sealed record Failure(EndReason Reason, string Explanation, Exception? Error, bool IsSlow = false)
{
    public static Failure Of(SessionEnd end) => new(end.Reason, end.Explanation, end.Error, end.IsSlow);

    public static Failure Of(Exception error) => error switch
    {
        ConnectionLostException lost => new Failure(lost.Reason, lost.Message, lost.InnerException ?? lost, lost.IsSlow),
        NotConnectedException refused => new Failure(refused.Reason, refused.Message, refused, IsSlowRefusal(refused)),
        AuthenticationRejectedException => new Failure(EndReason.AuthenticationRejected, error.Message, error),
        ProtocolViolationException => new Failure(EndReason.ProtocolViolation, error.Message, error),
        TrafficLimitExceededException => new Failure(EndReason.TrafficLimit, error.Message, error),
        OperationCanceledException => new Failure(EndReason.GaveUp, "the reconnect pipeline (ConfigureReconnect) ended the attempt", error),
        _ => new Failure(EndReason.ConnectionLost, error.Message, error),
    };

    /// <summary>What made the connection give up; whatever another attempt might have mended was given up by the pipeline.</summary>
    public static Failure OfGivingUp(Exception error) =>
        ReconnectPolicy.CanRetry(error) ? new Failure(EndReason.GaveUp, error.Message, error) : Of(error);

    // The server is there and does not want us: asking it every second would not help it, and may get us banned.
    private static bool IsSlowRefusal(NotConnectedException refused) =>
        refused.Reason == EndReason.AuthenticationRejected ||
        refused.HttpStatus is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
}
