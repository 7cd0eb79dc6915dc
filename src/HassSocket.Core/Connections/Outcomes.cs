namespace HassSocket.Connections;

/// <summary>The words for how a command ended, as metrics carry them.</summary>
internal static class Outcomes
{
    public const string Dropped = "dropped";

    public static string Of(Exception error) => error switch
    {
        CommandFailedException => "refused",
        ResponseTimeoutException => "timeout",
        ConnectionLostException => "lost",
        NotConnectedException => "not_connected",
        MessagesPausedException => "paused",
        TrafficLimitExceededException => "traffic_limit",
        OperationCanceledException => "cancelled",
        ObjectDisposedException => "disposed",
        _ => "failed",
    };
}
