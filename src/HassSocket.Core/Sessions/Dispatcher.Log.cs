using Microsoft.Extensions.Logging;

namespace HassSocket.Sessions;

internal sealed partial class Dispatcher
{
    // A primary constructor's parameter cannot be the logger of generated methods.
#pragma warning disable IDE0052
    private readonly ILogger _log = context.Log;
#pragma warning restore IDE0052

    [LoggerMessage(200, LogLevel.Error, "Session {Session}: an item could not be handled ({Kind}, key {Key}); the next ones go on.")]
    private partial void LogItemFailed(int session, WireItemKind kind, long? key, Exception error);

    [LoggerMessage(201, LogLevel.Error, "Session {Session}: {Message}")]
    private partial void LogOversized(int session, string message);

    [LoggerMessage(202, LogLevel.Warning, "Session {Session}: the server reports an error that belongs to no command: {Message}")]
    private partial void LogKeylessError(int session, string message);

    [LoggerMessage(203, LogLevel.Debug, "Session {Session}: a late or second answer was dropped ({Kind}, key {Key}).")]
    private partial void LogLateItem(int session, WireItemKind kind, long key);

    [LoggerMessage(204, LogLevel.Warning, "Session {Session}: the server sent something that nobody asked for ({Kind}, key {Key}); it was dropped. Said at the first, second, fourth, eighth … of a session.")]
    private partial void LogUnknownItem(int session, WireItemKind kind, long? key);

    [LoggerMessage(205, LogLevel.Warning, "Session {Session}: '{Command}' was refused, and nobody awaits its answer: {Message}")]
    private partial void LogRefused(int session, string command, string message);
}
