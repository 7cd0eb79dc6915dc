namespace HassSocket;

/// <summary>One item of a subscription as it came: immutable, shared by all consumers, and free to be kept.</summary>
public sealed class StreamItem
{
    internal StreamItem(byte[] bytes, bool isFirst)
    {
        Bytes = bytes;
        IsFirst = isFirst;
    }

    /// <summary>The payload, UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether it is the first since the subscription was asked for, or asked for again: a fresh base, for those that begin with one.</summary>
    public bool IsFirst { get; }
}
