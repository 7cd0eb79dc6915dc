namespace HassSocket;

/// <summary>One item of a subscription as it came: immutable, shared by all consumers, and free to be kept.</summary>
public sealed class StreamItem
{
    private readonly Lock _lock = new();
    private object? _reader;
    private object? _value;
    private Exception? _problem;

    internal StreamItem(byte[] bytes, bool isFirst)
    {
        Bytes = bytes;
        IsFirst = isFirst;
    }

    /// <summary>The payload, UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether it is the first since the subscription was asked for, or asked for again: a fresh base, for those that begin with one.</summary>
    public bool IsFirst { get; }

    /// <summary>Reads it, once for all consumers that read it alike.</summary>
    internal T Read<T>(SubscriptionSource<T> source)
    {
        lock (_lock)
        {
            if (!source.ReadsLike(_reader)) Parse(source);
            return _problem is null ? (T)_value! : throw _problem;
        }
    }

    private void Parse<T>(SubscriptionSource<T> source)
    {
        _reader = source;
        try
        {
            _value = source.Read(this);
            _problem = null;
        }
        catch (Exception problem)
        {
            _value = null;
            _problem = problem;
        }
    }
}
