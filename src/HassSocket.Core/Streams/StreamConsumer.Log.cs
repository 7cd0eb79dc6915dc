using Microsoft.Extensions.Logging;

namespace HassSocket.Streams;

internal sealed partial class StreamConsumer
{
    private readonly ILogger _log;

    [LoggerMessage(300, LogLevel.Warning, "The consumer '{Consumer}' is too slow: {Capacity} items wait, more are dropped ({Policy}). Said once an episode.")]
    private partial void LogDropsBegan(string consumer, int capacity, OverflowPolicy policy);

    [LoggerMessage(301, LogLevel.Warning, "The consumer '{Consumer}' has caught up; {Count} items were dropped.")]
    private partial void LogDropsEnded(string consumer, long count);

    [LoggerMessage(302, LogLevel.Error, "The stream of '{Consumer}' has failed: {Message}")]
    private partial void LogOverflowed(string consumer, string message);
}
