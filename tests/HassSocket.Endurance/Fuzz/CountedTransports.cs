using System.Buffers;
using HassSocket.Testing;

namespace HassSocket.Endurance.Fuzz;

/// <summary>Sockets in memory that count what a client has read.</summary>
internal sealed class CountedTransports(TimeProvider time) : ITransportFactory
{
    private readonly MemoryTransportFactory _inner = new(time);
    private int _read;

    /// <summary>How many messages were read.</summary>
    public int Read => Volatile.Read(ref _read);

    public Task<MemoryConnection> NextConnectionAsync() => _inner.NextConnectionAsync(Timeout.InfiniteTimeSpan);

    public async ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken) =>
        new Counted(this, await _inner.ConnectAsync(request, cancellationToken));

    private sealed class Counted(CountedTransports owner, ITransport inner) : ITransport
    {
        public int? CloseCode => inner.CloseCode;

        public string? CloseReason => inner.CloseReason;

        public async ValueTask<bool> ReceiveAsync(IBufferWriter<byte> destination)
        {
            var isMore = await inner.ReceiveAsync(destination);
            if (isMore) Interlocked.Increment(ref owner._read);
            return isMore;
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> message) => inner.SendAsync(message);

        public ValueTask CloseAsync(TimeSpan budget) => inner.CloseAsync(budget);

        public void Abort() => inner.Abort();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
