using System.Buffers;

namespace HassSocket.Dialect;

/// <summary>What was found in one item of a frame, in whatever order its members stood.</summary>
internal struct ItemParts
{
    private static readonly ReadOnlySequence<byte> Null = new("null"u8.ToArray());

    public MessageType Type;
    public long? Key;
    public bool? Success;
    public ByteSpan Result;
    public ByteSpan Error;
    public ByteSpan Event;

    public readonly WireItem Compose(in ReadOnlySequence<byte> message, ByteSpan whole) => Type switch
    {
        MessageType.Event when !Event.IsEmpty => new WireItem(WireItemKind.Item, Key, Event.Of(message)),
        MessageType.Result when Success == true => new WireItem(WireItemKind.Result, Key, OrNull(message, Result)),
        MessageType.Result when Success == false => new WireItem(WireItemKind.Error, Key, OrNull(message, Error)),
        MessageType.Pong => new WireItem(WireItemKind.Pong, Key, Null),
        _ => new WireItem(WireItemKind.Unknown, Key, whole.Of(message)),
    };

    private static ReadOnlySequence<byte> OrNull(in ReadOnlySequence<byte> message, ByteSpan span) => span.IsEmpty ? Null : span.Of(message);
}

/// <summary>What the member <c>type</c> of a message can say.</summary>
internal enum MessageType
{
    Unknown,
    Result,
    Event,
    Pong,
}

/// <summary>Some bytes of a message.</summary>
internal readonly record struct ByteSpan(long Start, long Length)
{
    public bool IsEmpty => Length == 0;

    public ReadOnlySequence<byte> Of(in ReadOnlySequence<byte> message) => message.Slice(Start, Length);
}
