namespace HassSocket;

/// <summary>The socket ended while a command was on its way.</summary>
public sealed class ConnectionLostException : HassSocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why the socket ended.</param>
    /// <param name="reason">The kind of reason.</param>
    /// <param name="delivery">Whether the command may have arrived.</param>
    /// <param name="innerException">The cause.</param>
    public ConnectionLostException(string message, EndReason reason, Delivery delivery, Exception? innerException = null)
        : base(message, innerException)
    {
        Reason = reason;
        Delivery = delivery;
    }

    /// <summary>The kind of reason.</summary>
    public EndReason Reason { get; }

    /// <summary>Whether the command may have arrived, and run.</summary>
    public Delivery Delivery { get; }

    /// <summary>The close code of the server; <see langword="null"/> without a close frame.</summary>
    public int? CloseCode { get; init; }

    /// <summary>Whether the same would probably happen again at once.</summary>
    internal bool IsSlow { get; init; }

    /// <summary>The command; <see langword="null"/> where the exception speaks of the session itself.</summary>
    public string? Command { get; init; }
}
