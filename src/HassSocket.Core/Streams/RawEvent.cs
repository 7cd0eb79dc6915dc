using HassSocket.Streams;

namespace HassSocket;

/// <summary>An event as the server wrote it, UTF-8, in memory that is on loan: the cheapest way to look at many.</summary>
/// <remarks>
/// The loan ends with the handler's task (<see cref="LiveStream{T}.SubscribeAsync"/>), or with the next step of the loop
/// (<see cref="LiveStream{T}.ReadAllAsync"/>); <see cref="Bytes"/> throws from then on, and so does a copy of this value. An
/// <see cref="IObserver{T}"/> gets a copy instead, which may be kept.
/// </remarks>
public readonly struct RawEvent
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ItemLoan? _loan;
    private readonly int _number;

    /// <summary>An event with memory of its own.</summary>
    /// <param name="bytes">The event, UTF-8; must not change any more.</param>
    public RawEvent(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    internal RawEvent(ReadOnlyMemory<byte> bytes, ItemLoan loan, int number)
    {
        _bytes = bytes;
        _loan = loan;
        _number = number;
    }

    /// <summary>The event, as in the member <c>event</c> of a message.</summary>
    /// <exception cref="ObjectDisposedException">The loan has ended; copy within the handler what is needed later.</exception>
    public ReadOnlyMemory<byte> Bytes => _loan is null || _loan.Lasts(_number)
        ? _bytes
        : throw new ObjectDisposedException(nameof(RawEvent), "The event's memory belongs to others by now: copy what you need before the handler ends.");
}
