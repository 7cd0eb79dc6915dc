using Microsoft.Extensions.Logging;

namespace HassSocket.Connections;

internal sealed partial class Attempts
{
    private readonly ILogger _log;

    [LoggerMessage(1, LogLevel.Information, "Connected: session {Session} is ready, server version {Version}.")]
    private partial void LogReady(int session, string? version);

    [LoggerMessage(2, LogLevel.Warning, "No connection after {Failures} attempts ({Reason}): {Explanation} Trying on.")]
    private partial void LogAttemptFailed(int failures, EndReason reason, string explanation);
}
