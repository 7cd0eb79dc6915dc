using Microsoft.Extensions.Logging;

namespace HassSocket.Connections;

internal sealed partial class Handover
{
    [LoggerMessage(20, LogLevel.Information, "The server wants to end session {Old}; session {Successor} takes over.")]
    private partial void LogSuccessor(int old, int successor);

    [LoggerMessage(21, LogLevel.Warning, "The server wants to end session {Old}, but no successor could be opened: {Problem}")]
    private partial void LogNoSuccessor(int old, string problem);
}
