using System.Buffers;

namespace HassSocket;

/// <summary>The payload of an answer, on loan until it is disposed.</summary>
/// <remarks>Read it where the command is awaited, then dispose it; after that its memory belongs to others.</remarks>
public readonly struct Reply : IDisposable
{
    private readonly IDisposable? _owner;
    private readonly byte[]? _rented;

    internal Reply(long key, ReadOnlySequence<byte> payload, IDisposable owner)
    {
        Key = key;
        Payload = payload;
        _owner = owner;
    }

    private Reply(long key, byte[] rented, int length)
    {
        Key = key;
        Payload = new ReadOnlySequence<byte>(rented, 0, length);
        _rented = rented;
    }

    /// <summary>The key that the command had on the wire, for error messages.</summary>
    public long Key { get; }

    /// <summary>The bytes of the answer.</summary>
    public ReadOnlySequence<byte> Payload { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _owner?.Dispose();
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }

    internal static Reply CopyOf(long key, in ReadOnlySequence<byte> payload)
    {
        var length = checked((int)payload.Length);
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        payload.CopyTo(rented);
        return new Reply(key, rented, length);
    }
}
