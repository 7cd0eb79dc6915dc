namespace HassSocket.Transport;

/// <summary>Keeps the memory of one message alive for a reader that outlives the read loop's turn; may be disposed twice.</summary>
internal sealed class MessageLease : IDisposable
{
    private SegmentChain? _chain;

    public MessageLease(SegmentChain chain)
    {
        chain.AddHolder();
        _chain = chain;
    }

    public void Dispose() => Interlocked.Exchange(ref _chain, null)?.Release();
}
