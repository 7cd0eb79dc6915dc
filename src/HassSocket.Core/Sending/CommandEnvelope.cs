using System.Buffers;

namespace HassSocket;

/// <summary>A command on its way: its encoded body and how it wants to be treated. For one use.</summary>
/// <remarks>The body is written into pooled memory before the command is sent; the engine gives that memory back.</remarks>
public sealed class CommandEnvelope : IBufferWriter<byte>
{
    private const int SmallestBuffer = 256;

    // Nearly all commands want what the options say: what a few want takes no room in the others.
    private Wishes _wishes = Wishes.None;
    private byte[] _buffer = [];
    private int _length;

    /// <summary>Creates an envelope for a command.</summary>
    /// <param name="name">The command's name, for logs, errors and metrics.</param>
    public CommandEnvelope(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The command's name.</summary>
    public string Name { get; }

    /// <summary>How long to wait for the answer, from the write; <see langword="null"/>: <see cref="ConnectionOptions.ExpectResponseAfter"/>.</summary>
    public TimeSpan? ExpectResponseAfter
    {
        get => _wishes.ExpectResponseAfter;
        init => _wishes = value == _wishes.ExpectResponseAfter ? _wishes : _wishes with { ExpectResponseAfter = value };
    }

    /// <summary>What becomes of it without a connection; <see langword="null"/>: <see cref="ConnectionOptions.WhenDisconnected"/>.</summary>
    public WhenUnavailable? WhenDisconnected
    {
        get => _wishes.WhenDisconnected;
        init => _wishes = value == _wishes.WhenDisconnected ? _wishes : _wishes with { WhenDisconnected = value };
    }

    /// <summary>What becomes of it during a pause; <see langword="null"/>: <see cref="ConnectionOptions.WhenPaused"/>.</summary>
    public WhenUnavailable? WhenPaused
    {
        get => _wishes.WhenPaused;
        init => _wishes = value == _wishes.WhenPaused ? _wishes : _wishes with { WhenPaused = value };
    }

    /// <summary>The answer that the end of the socket means after this command was written; empty when it means a loss.</summary>
    public ReadOnlyMemory<byte> ReplyAtSessionEnd
    {
        get => _wishes.ReplyAtSessionEnd;
        init => _wishes = value.Equals(_wishes.ReplyAtSessionEnd) ? _wishes : _wishes with { ReplyAtSessionEnd = value };
    }

    internal ReadOnlyMemory<byte> Body => _buffer.AsMemory(0, _length);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    internal void ReturnBody()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        _length = 0;
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Reserve(int size)
    {
        if (_buffer.Length - _length >= size) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestBuffer, Math.Max(_length + size, _buffer.Length * 2)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private sealed record Wishes(
        TimeSpan? ExpectResponseAfter = null,
        WhenUnavailable? WhenDisconnected = null,
        WhenUnavailable? WhenPaused = null,
        ReadOnlyMemory<byte> ReplyAtSessionEnd = default)
    {
        public static Wishes None { get; } = new();
    }
}
