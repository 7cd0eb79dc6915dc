using Microsoft.Extensions.Logging;

namespace HassSocket.Streams;

internal sealed partial class StreamPump<T>
{
    [LoggerMessage(310, LogLevel.Error, "A consumer of '{Name}' threw; its next item comes all the same.")]
    private partial void LogConsumerFailed(string name, Exception failure);

    [LoggerMessage(311, LogLevel.Warning, "An item of '{Name}' could not be read as {Type} and was skipped: {Problem}")]
    private partial void LogUnreadable(string name, string type, string problem);

    [LoggerMessage(312, LogLevel.Error, "The stream '{Name}' has ended with an error.")]
    private partial void LogStreamFailed(string name, Exception error);
}
