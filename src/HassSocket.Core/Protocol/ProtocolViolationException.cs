namespace HassSocket;

/// <summary>The server said something that cannot be read, or that is too large.</summary>
public sealed class ProtocolViolationException : HassSocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, what was expected, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ProtocolViolationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The command whose answer cannot be read; <see langword="null"/> when a whole message could not.</summary>
    public string? Command { get; init; }

    /// <summary>The id that the command had on the wire; <see langword="null"/> when unknown.</summary>
    public long? Key { get; init; }

    /// <summary>Where in the payload the trouble is, as a JSON path such as <c>$.context.id</c>; <see langword="null"/> when unknown.</summary>
    public string? Path { get; init; }
}
