using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace HassSocket.Streams;

/// <summary>An item whose bytes are on loan from a pool: each mailbox holds it, and whoever reads it; the last one gives the memory back.</summary>
internal sealed class PooledItem : StreamItem
{
    // The shared pool keeps few arrays of a size; a flood on one processor has hundreds of events under way.
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(maxArrayLength: 64 * 1024, maxArraysPerBucket: 4_096);
    private static long _lent;
    private readonly int _length;
    private byte[]? _buffer;
    private int _holders = 1;

    /// <summary>Takes a copy, which its maker holds.</summary>
    public PooledItem(in ReadOnlySequence<byte> payload, bool isFirst)
        : base(isFirst)
    {
        _length = checked((int)payload.Length);
        _buffer = Pool.Rent(_length);
        payload.CopyTo(_buffer);
        Interlocked.Increment(ref _lent);
    }

    /// <summary>How many buffers are out.</summary>
    public static long Lent => Volatile.Read(ref _lent);

    public override ReadOnlyMemory<byte> Bytes =>
        (_buffer ?? throw new ObjectDisposedException(nameof(RawEvent))).AsMemory(0, _length);

    internal override int Size => _length;

    internal override void AddHolder() => Interlocked.Increment(ref _holders);

    internal override void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0 || Interlocked.Exchange(ref _buffer, null) is not { } buffer) return;
        Interlocked.Decrement(ref _lent);
        Pool.Return(buffer);
    }

    internal override bool TryRead<T>(SubscriptionSource<T> source, out T? value, [NotNullWhen(false)] out Exception? problem, out bool isNews)
        where T : default
    {
        // Nothing that is read from it is shared: each consumer has a loan, or a copy, of its own.
        (value, problem, isNews) = (source.Read(this), null, false);
        return true;
    }
}
