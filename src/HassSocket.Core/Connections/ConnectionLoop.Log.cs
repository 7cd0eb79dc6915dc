using Microsoft.Extensions.Logging;

namespace HassSocket.Connections;

internal sealed partial class ConnectionLoop
{
    private readonly ILogger _log;

    [LoggerMessage(3, LogLevel.Error, "The connection has given up: {Explanation}")]
    private partial void LogFaulted(string explanation);

    [LoggerMessage(4, LogLevel.Warning, "The connection was lost ({Reason}): {Explanation}")]
    private partial void LogLost(EndReason reason, string explanation);

    [LoggerMessage(5, LogLevel.Error, "New credentials cannot be waited for; only StartAsync leads out of this.")]
    private partial void LogNoHope(Exception error);
}
