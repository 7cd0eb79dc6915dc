using System.Buffers;

namespace HassSocket;

/// <summary>One open socket, from its upgrade to its end; it is never reused.</summary>
/// <remarks>
/// The whole seam between HassSocket and a WebSocket library: whole text messages in and out as UTF-8 bytes, no retry, no JSON.
/// One caller receives at a time and one caller sends at a time, both at once; <see cref="Abort"/> may come from any thread.
/// </remarks>
public interface ITransport : IAsyncDisposable
{
    /// <summary>The close code that the peer sent; <see langword="null"/> while it has sent none.</summary>
    int? CloseCode { get; }

    /// <summary>The text that came with <see cref="CloseCode"/>; often empty.</summary>
    string? CloseReason { get; }

    /// <summary>Reads one whole message.</summary>
    /// <param name="destination">Takes the bytes of the message, in as many pieces as they come.</param>
    /// <returns><see langword="true"/> when a message was read, <see langword="false"/> when the peer closed the socket.</returns>
    /// <remarks>
    /// Any exception, an <see cref="OperationCanceledException"/> included, means that the socket is lost. Binary messages are read
    /// like text. Where <see langword="false"/> is returned, <paramref name="destination"/> may hold half a message.
    /// </remarks>
    ValueTask<bool> ReceiveAsync(IBufferWriter<byte> destination);

    /// <summary>Sends one whole text message; returning proves only that the operating system took it.</summary>
    /// <param name="message">The UTF-8 bytes; not changed until the call has ended.</param>
    ValueTask SendAsync(ReadOnlyMemory<byte> message);

    /// <summary>Says goodbye with code 1000, waits for the answer at most <paramref name="budget"/>, and never throws.</summary>
    /// <param name="budget">The longest time that the farewell may take.</param>
    /// <remarks>A receive must be outstanding: it is the one that hears the answer. Without it the whole budget is waited.</remarks>
    ValueTask CloseAsync(TimeSpan budget);

    /// <summary>Drops the socket at once, without a farewell; a pending receive or send ends with an exception.</summary>
    void Abort();
}
