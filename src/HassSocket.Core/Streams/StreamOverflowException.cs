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

    internal static StreamOverflowException Of(StreamOptions options, long waitingBytes)
    {
        var consumer = options.Name.Length > 0 ? $"The consumer '{options.Name}'" : "A consumer";
        return new StreamOverflowException(options.Policy == OverflowPolicy.Lossless
            ? $"{consumer} is too slow: {waitingBytes:N0} bytes wait for it, and MaxMailboxBytes is {options.MaxMailboxBytes:N0}. Make it faster, or raise the limit."
            : $"{consumer} is too slow: {options.Capacity:N0} items wait for it, and its policy is Fail. Make it faster, raise Capacity, or choose a policy that drops.");
    }
}
