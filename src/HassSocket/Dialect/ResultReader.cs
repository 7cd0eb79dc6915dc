using System.Buffers;
using System.Text.Json;

namespace HassSocket.Dialect;

/// <summary>Reads results and events, and says of those that cannot be read what, where and for whom.</summary>
internal static class ResultReader
{
    /// <summary>Reads the result of a command.</summary>
    /// <exception cref="ProtocolViolationException">It is not what the command expects.</exception>
    public static TResult Read<TResult>(HassCommand<TResult> command, in ReadOnlySequence<byte> result, long? key = null)
    {
        try
        {
            return command.ReadPayload(result);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable("answer to", command.Type, e, key);
        }
    }

    /// <summary>Reads an event of a subscription.</summary>
    /// <exception cref="ProtocolViolationException">It is not what the subscription expects.</exception>
    public static T ReadItem<T>(HassSubscription<T> subscription, ReadOnlyMemory<byte> item, bool isFirst)
    {
        try
        {
            return subscription.ReadItem(item, isFirst);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable("event of", subscription.Type, e, key: null);
        }
    }

    private static bool IsUnreadable(Exception e) =>
        e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException or ArgumentException;

    private static ProtocolViolationException Unreadable(string what, string command, Exception cause, long? key)
    {
        var path = (cause as JsonException)?.Path;
        var where = path is null ? "" : $" at {path}";
        var id = key is null ? "" : $" (id {key})";
        return new ProtocolViolationException(
            $"The {what} '{command}'{id} is not of the expected shape{where}. This version of Home Assistant may speak differently; " +
            "the raw form of the command (by type and fields) reads anything.",
            cause)
        {
            Command = command,
            Key = key,
            Path = path,
        };
    }
}
