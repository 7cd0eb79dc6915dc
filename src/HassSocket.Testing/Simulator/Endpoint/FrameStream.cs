namespace HassSocket.Testing.Simulator;

/// <summary>The bytes below a WebSocket: lets ping frames of our own in between whole writes, and tells when anything arrives.</summary>
internal sealed class FrameStream(Stream inner) : Stream
{
    private static readonly byte[] Ping = [0x89, 0x00];

    private readonly SemaphoreSlim _writes = new(1, 1);
    private readonly FrameHeaders _arriving = new();
    private readonly CancellationTokenSource _broken = new();

    public Action SignOfLife { get; set; } = () => { };

    public bool Dribbles { get; set; }

    /// <summary>How many pong frames the client sent.</summary>
    public int Pongs => _arriving.Pongs;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends the read under way, so that whoever serves the connection lets go of it.</summary>
    public void Break() => _broken.Cancel();

    public ValueTask PingAsync() => WriteAsync(Ping, CancellationToken.None);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _broken.Token);
        var count = await inner.ReadAsync(buffer, both.Token).ConfigureAwait(false);
        if (count > 0)
        {
            _arriving.Pass(buffer.Span[..count]);
            SignOfLife();
        }

        return count;
    }

    /// <summary>A WebSocket writes each frame in one call, so that what stands between two calls stands between two frames.</summary>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var step = Dribbles ? 1 : buffer.Length;
            for (var at = 0; at < buffer.Length; at += step)
            {
                await inner.WriteAsync(buffer.Slice(at, step), cancellationToken).ConfigureAwait(false);
                await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _writes.Release();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
