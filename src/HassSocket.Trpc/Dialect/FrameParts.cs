using System.Buffers;

namespace HassSocket.Trpc.Dialect;

/// <summary>What was found in a message, in whatever order its members stood.</summary>
internal struct FrameParts
{
    public long? Key;
    public bool HasMethod;
    public bool AsksToReconnect;
    public (long Start, long Length) Error;
    public (long Start, long Length) Result;
    public ResultType ResultType;
    public string? EventId;

    public readonly WireItem Compose(in ReadOnlySequence<byte> message)
    {
        if (AsksToReconnect) return new WireItem(WireItemKind.Notice, null, message);
        if (HasMethod) return new WireItem(WireItemKind.Unknown, Key, message);
        if (Error.Length > 0) return new WireItem(WireItemKind.Error, Key, message.Slice(Error.Start, Error.Length));
        if (Result.Length == 0) return new WireItem(WireItemKind.Unknown, Key, message);
        var result = message.Slice(Result.Start, Result.Length);
        return ResultType switch
        {
            // The answer of a call and the item of a subscription look alike; the engine knows which of them a key belongs to.
            ResultType.Data => new WireItem(WireItemKind.Item, Key, result, EventId),
            ResultType.Started => new WireItem(WireItemKind.Started, Key, result),
            ResultType.Stopped => new WireItem(WireItemKind.Ended, Key, result),
            _ => new WireItem(WireItemKind.Unknown, Key, message),
        };
    }
}

/// <summary>What the member <c>type</c> of a result can say; without it, it is data.</summary>
internal enum ResultType
{
    Data,
    Started,
    Stopped,
    Unknown,
}
