using Microsoft.Extensions.Logging;

namespace HassSocket.Sessions;

internal sealed partial class Session
{
    private readonly ILogger _log;

    [LoggerMessage(100, LogLevel.Debug, "Session {Session} ended ({Reason}): {Explanation}")]
    private partial void LogEnded(int session, EndReason reason, string explanation, Exception? error);

    [LoggerMessage(101, LogLevel.Debug, "Session {Session}: the socket could not be freed.")]
    private partial void LogNotFreed(int session, Exception error);

    [LoggerMessage(102, LogLevel.Debug, "Session {Session}: the farewell failed.")]
    private partial void LogNoFarewell(int session, Exception error);
}
