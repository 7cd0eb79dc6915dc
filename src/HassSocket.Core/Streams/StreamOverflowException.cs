namespace HassSocket;

/// <summary>A consumer was too slow for its mailbox, and its policy is to fail.</summary>
public sealed class StreamOverflowException : HassSocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which consumer, which limit, and what to do.</param>
    public StreamOverflowException(string message)
        : base(message)
    {
    }
}
