using System.Buffers;

namespace HassSocket.Core.Tests.Support;

/// <summary>Stands between the engine and its sockets, so that a test can be there in the middle of a call.</summary>
public sealed class HookedTransports(ITransportFactory inner) : ITransportFactory
{
    /// <summary>Replaces a send: is given the message and what really sends it.</summary>
    public Func<ReadOnlyMemory<byte>, Func<ValueTask>, ValueTask>? OnSend { get; set; }

    /// <summary>Whether sockets go on reading after the engine has aborted them.</summary>
    public bool IgnoresAbort { get; set; }

    /// <summary>Holds up a dial, whatever its token says.</summary>
    public Func<Task>? OnConnect { get; set; }

    /// <summary>Comes instead of the farewell.</summary>
    public Func<ValueTask>? OnClose { get; set; }

    /// <summary>Comes behind the end of a socket that the engine has aborted.</summary>
    public Action? OnAbort { get; set; }

    public async ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        if (OnConnect is null) return new HookedTransport(this, await inner.ConnectAsync(request, cancellationToken));
        await OnConnect();
        return new HookedTransport(this, await inner.ConnectAsync(request, CancellationToken.None));
    }

    private sealed class HookedTransport(HookedTransports hooks, ITransport inner) : ITransport
    {
        public int? CloseCode => inner.CloseCode;

        public string? CloseReason => inner.CloseReason;

        public ValueTask<bool> ReceiveAsync(IBufferWriter<byte> destination) => inner.ReceiveAsync(destination);

        public ValueTask SendAsync(ReadOnlyMemory<byte> message) =>
            hooks.OnSend is { } onSend ? onSend(message, () => inner.SendAsync(message)) : inner.SendAsync(message);

        public ValueTask CloseAsync(TimeSpan budget) => hooks.OnClose is { } onClose ? onClose() : inner.CloseAsync(budget);

        public void Abort()
        {
            if (!hooks.IgnoresAbort) inner.Abort();
            hooks.OnAbort?.Invoke();
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
