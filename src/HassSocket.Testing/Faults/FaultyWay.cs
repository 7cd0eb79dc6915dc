using HassSocket.Testing.Faults;

namespace HassSocket.Testing;

/// <summary>One direction through a <see cref="FaultProxy"/>, for all its lines, open ones and coming ones.</summary>
/// <remarks>All members may be called from any thread; what they change counts from the next frame on.</remarks>
public sealed class FaultyWay
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Queue<FrameFault> _next = new();
    private TaskCompletionSource? _stall;

    internal FaultyWay(TimeProvider time) => _time = time;

    /// <summary>Whether everything is swallowed without anybody being told, as on a line that is dead.</summary>
    /// <value>Default: <see langword="false"/>. What was swallowed does not come back.</value>
    public bool IsBlackHole { get; set; }

    /// <summary>Whether nothing is read, so that everything waits where it came from, at last within the sender's own process.</summary>
    /// <value>Default: <see langword="false"/>. Setting it back lets everything pass that waited, in order.</value>
    public bool IsStalled
    {
        get { lock (_lock) return _stall is not null; }
        set
        {
            TaskCompletionSource? over = null;
            lock (_lock)
            {
                if (value) _stall ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                else (over, _stall) = (_stall, null);
            }

            over?.SetResult();
        }
    }

    /// <summary>How many bytes leave at once; the smallest are dribble.</summary>
    /// <value>Default: 0, whole frames.</value>
    public int ChunkBytes { get; set; }

    /// <summary>How many bytes pass in a second of the proxy's clock.</summary>
    /// <value>Default: 0, no limit.</value>
    public int BytesPerSecond { get; set; }

    /// <summary>Sends the next frame twice.</summary>
    public void DuplicateNext() => Plan(FrameFault.Duplicate);

    /// <summary>Exchanges the next frame and the one after it.</summary>
    public void SwapNext() => Plan(FrameFault.Swap);

    /// <summary>Loses the next frame.</summary>
    public void DropNext() => Plan(FrameFault.Drop);

    /// <summary>Sends the first half of the next frame, then ends the connection (FIN).</summary>
    public void CutNext() => Plan(FrameFault.Cut);

    internal FrameFault TakeFault()
    {
        lock (_lock) return _next.TryDequeue(out var fault) ? fault : FrameFault.None;
    }

    /// <summary>Brings bytes to the other side, as fast and as whole as the way allows.</summary>
    internal async ValueTask PassAsync(Stream target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await StallAsync(cancellationToken).ConfigureAwait(false);
        for (var at = 0; at < bytes.Length && !IsBlackHole;)
        {
            var chunk = bytes[at..Math.Min(bytes.Length, at + Step(bytes.Length))];
            await target.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
            at += chunk.Length;
            if (BytesPerSecond is > 0 and var speed)
                await Task.Delay(TimeSpan.FromSeconds((double)chunk.Length / speed), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Plan(FrameFault fault)
    {
        lock (_lock) _next.Enqueue(fault);
    }

    private int Step(int length)
    {
        if (ChunkBytes > 0) return ChunkBytes;
        return BytesPerSecond > 0 ? BytesPerSecond : length;
    }

    private Task StallAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _stall?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }
}
