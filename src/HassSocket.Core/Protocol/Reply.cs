using System.Buffers;
using HassSocket.Transport;

namespace HassSocket;

/// <summary>The payload of an answer, on loan until it is disposed.</summary>
/// <remarks>Read it where the command is awaited, then dispose it; after that its memory belongs to others.</remarks>
public readonly struct Reply : IDisposable
{
    // A rented array, or the lease of a message: every command that waits has room for a reply, so it has two words and a number.
    private readonly object? _memory;
    private readonly int _length;

    internal Reply(long key, MessageLease lease)
    {
        Key = key;
        _memory = lease;
    }

    private Reply(long key, byte[] rented, int length)
    {
        Key = key;
        _memory = rented;
        _length = length;
    }

    /// <summary>The key that the command had on the wire, for error messages.</summary>
    public long Key { get; }

    /// <summary>The bytes of the answer.</summary>
    public ReadOnlySequence<byte> Payload => _memory switch
    {
        byte[] rented => new ReadOnlySequence<byte>(rented, 0, _length),
        MessageLease lease => lease.Payload,
        _ => default,
    };

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_memory is byte[] rented) ArrayPool<byte>.Shared.Return(rented);
        else (_memory as MessageLease)?.Dispose();
    }

    internal static Reply CopyOf(long key, in ReadOnlySequence<byte> payload)
    {
        var length = checked((int)payload.Length);
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        payload.CopyTo(rented);
        return new Reply(key, rented, length);
    }
}
