using System.Buffers;

namespace HassSocket.Transport;

/// <summary>Keeps the memory of one message alive for a reader that outlives the read loop's turn; may be disposed twice.</summary>
internal sealed class MessageLease : IDisposable
{
    private SegmentChain? _chain;

    public MessageLease(SegmentChain chain, in ReadOnlySequence<byte> payload)
    {
        chain.AddHolder();
        _chain = chain;
        Payload = payload;
    }

    /// <summary>What the reader is for: the message, or a part of it.</summary>
    public ReadOnlySequence<byte> Payload { get; }

    public void Dispose() => Interlocked.Exchange(ref _chain, null)?.Release();
}
