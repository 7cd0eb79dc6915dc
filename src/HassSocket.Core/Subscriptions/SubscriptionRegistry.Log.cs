using Microsoft.Extensions.Logging;

namespace HassSocket.Subscriptions;

internal sealed partial class SubscriptionRegistry
{
    private readonly ILogger _log;

    [LoggerMessage(400, LogLevel.Information, "The server cannot serve '{Name}' yet; it waits and is asked for again when the server moves on: {Problem}")]
    private partial void LogWaiting(string name, string problem);

    [LoggerMessage(401, LogLevel.Warning, "The server refused '{Name}' for good: {Problem}")]
    private partial void LogRefused(string name, string problem);

    [LoggerMessage(402, LogLevel.Warning, "{Count} wide subscriptions are held. A server queues 4,096 messages for a connection and counts each subscription: two wide ones halve the burst of changes that this connection survives. Share one, or filter at the server. Said once.")]
    private partial void LogWide(int count);

    [LoggerMessage(403, LogLevel.Error, "An observer of a stream's status threw; it hears the next change all the same.")]
    public partial void LogObserverFailed(Exception failure);

    [LoggerMessage(404, LogLevel.Warning, "'{Name}' was subscribed to again in the OnConnect handlers of three sessions, and all of these consumers are still there: each item now comes several times, and the heap grows with every reconnect. Streams survive reconnects by themselves: subscribe once, outside of OnConnect, or dispose the old consumer first. Said once.")]
    private partial void LogRejoined(string name);
}
