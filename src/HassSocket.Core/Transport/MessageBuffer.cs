using System.Buffers;

namespace HassSocket.Transport;

/// <summary>Holds one inbound message at a time: one reused array for normal ones, pooled segments beyond it, and a cap.</summary>
/// <remarks>For one thread at a time. A message above the cap is counted to its end but not kept, so that the socket can live on.</remarks>
internal sealed class MessageBuffer : IBufferWriter<byte>, IDisposable
{
    private readonly int _maxBytes;
    private SegmentChain? _chain = new();
    private byte[]? _scratch;
    private bool _isLent;
    private long _received;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="maxBytes">The largest message that is kept.</param>
    public MessageBuffer(int maxBytes) => _maxBytes = maxBytes;

    /// <summary>How many bytes have ever come; grows with each piece of a message, and may be read from any thread.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>How long the message is, kept or not.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Whether the message is larger than the cap; then only <see cref="Beginning"/> is left of it.</summary>
    public bool IsOversized { get; private set; }

    /// <summary>The message; valid until <see cref="Reset"/>, or until the last lease of it is disposed.</summary>
    public ReadOnlySequence<byte> Message => IsOversized
        ? throw new InvalidOperationException("The message was too large to be kept; only its beginning is left.")
        : Chain.Written;

    /// <summary>What was kept of the message: all of it, or up to 64 KiB (at least 4) of one above the cap.</summary>
    public ReadOnlySequence<byte> Beginning => Chain.Written;

    private SegmentChain Chain
    {
        get
        {
            ObjectDisposedException.ThrowIf(_chain is null, this);
            return _chain;
        }
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        var size = Math.Max(1, sizeHint);
        return IsOversized ? Scratch(size) : Chain.Reserve(size);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!IsOversized) Chain.Advance(count);
        TotalBytes += count;
        Volatile.Write(ref _received, _received + count);
        if (IsOversized || TotalBytes <= _maxBytes) return;
        IsOversized = true;
        Chain.CutToFirst();
    }

    /// <summary>Keeps the memory of this message alive beyond <see cref="Reset"/>; the buffer takes new memory for the next one.</summary>
    /// <param name="payload">The part of the message that its holder reads.</param>
    /// <returns>One holder of several; slices of <see cref="Message"/> stay valid until the last of them is disposed.</returns>
    /// <remarks>Worth it for large messages; small ones are better copied.</remarks>
    public MessageLease Retain(in ReadOnlySequence<byte> payload)
    {
        if (IsOversized) throw new InvalidOperationException("A message that was too large to be kept cannot be retained.");
        var lease = new MessageLease(Chain, payload);
        _isLent = true;
        return lease;
    }

    /// <summary>Makes room for the next message.</summary>
    public void Reset()
    {
        if (_isLent)
        {
            Chain.Release();
            _chain = new SegmentChain();
            _isLent = false;
        }
        else
        {
            Chain.Clear();
        }

        TotalBytes = 0;
        IsOversized = false;
        ReturnScratch();
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _chain, null)?.Release();
        ReturnScratch();
    }

    private byte[] Scratch(int size)
    {
        if (_scratch?.Length >= size) return _scratch;
        ReturnScratch();
        return _scratch = ArrayPool<byte>.Shared.Rent(Math.Max(SegmentChain.FirstSize, size));
    }

    private void ReturnScratch()
    {
        var scratch = Interlocked.Exchange(ref _scratch, null);
        if (scratch is not null) ArrayPool<byte>.Shared.Return(scratch);
    }
}
