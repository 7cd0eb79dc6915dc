namespace HassSocket;

/// <summary>Everything that HassSocket throws about a connection, a command or a stream.</summary>
public abstract class HassSocketException : Exception
{
    private protected HassSocketException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
