namespace HassSocket;

/// <summary>More was sent than load safety allows; the connection is stopped before the server suffers.</summary>
public sealed class TrafficLimitExceededException : HassSocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The rate, the limit, the busiest commands, and what to do.</param>
    /// <param name="rate">Messages a second, averaged over <see cref="ConnectionOptions.SocketAvgDuration"/>.</param>
    /// <param name="limit">The limit that was exceeded.</param>
    public TrafficLimitExceededException(string message, double rate, double limit)
        : base(message)
    {
        Rate = rate;
        Limit = limit;
    }

    /// <summary>Messages a second, averaged over <see cref="ConnectionOptions.SocketAvgDuration"/>.</summary>
    public double Rate { get; }

    /// <summary>The limit that was exceeded: <see cref="ConnectionOptions.SocketCrashRequestsPerSec"/>.</summary>
    public double Limit { get; }

    /// <summary><see cref="Delivery.NotSent"/> for the command that exceeded the limit and those that waited; else <see cref="Delivery.Unknown"/>.</summary>
    public Delivery Delivery { get; init; }
}
