using System.Buffers;

namespace HassSocket.Core.Tests.Support;

/// <summary>Stands between the engine and its sockets, so that a test can be there in the middle of a call.</summary>
public sealed class HookedTransports(ITransportFactory inner) : ITransportFactory
{
    /// <summary>Replaces a send: is given the message and what really sends it.</summary>
    public Func<ReadOnlyMemory<byte>, Func<ValueTask>, ValueTask>? OnSend { get; set; }

    /// <summary>Whether sockets go on reading after the engine has aborted them.</summary>
    public bool IgnoresAbort { get; set; }

    public async ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken) =>
        new HookedTransport(this, await inner.ConnectAsync(request, cancellationToken));

    private sealed class HookedTransport(HookedTransports hooks, ITransport inner) : ITransport
    {
        public int? CloseCode => inner.CloseCode;

        public string? CloseReason => inner.CloseReason;

        public ValueTask<bool> ReceiveAsync(IBufferWriter<byte> destination) => inner.ReceiveAsync(destination);

        public ValueTask SendAsync(ReadOnlyMemory<byte> message) =>
            hooks.OnSend is { } onSend ? onSend(message, () => inner.SendAsync(message)) : inner.SendAsync(message);

        public ValueTask CloseAsync(TimeSpan budget) => inner.CloseAsync(budget);

        public void Abort()
        {
            if (!hooks.IgnoresAbort) inner.Abort();
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
