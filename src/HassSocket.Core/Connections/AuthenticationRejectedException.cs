namespace HassSocket;

/// <summary>The server rejected our credentials; nothing is retried with the same ones.</summary>
public sealed class AuthenticationRejectedException : HassSocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What the server said and what to do; never the token.</param>
    /// <param name="innerException">The cause.</param>
    public AuthenticationRejectedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
