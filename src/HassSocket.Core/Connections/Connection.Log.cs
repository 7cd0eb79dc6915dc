using Microsoft.Extensions.Logging;

namespace HassSocket;

public sealed partial class Connection
{
    private readonly ILogger _log;

    [LoggerMessage(40, LogLevel.Error, "An observer of the connection threw; it hears the next news all the same.")]
    private partial void LogObserverFailed(Exception failure);

    [LoggerMessage(41, LogLevel.Information, "Messages are paused: {IsPaused}.")]
    private partial void LogPaused(bool isPaused);
}
