using System.Net;

namespace HassSocket;

/// <summary>There is no connection: it could not be opened, is not started, or did not come back in time.</summary>
/// <remarks>A command that ends with this was never sent.</remarks>
public sealed class NotConnectedException : HassSocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was tried, why it failed, and what to do.</param>
    /// <param name="reason">The kind of reason.</param>
    /// <param name="innerException">The cause.</param>
    public NotConnectedException(string message, EndReason reason, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>The kind of reason.</summary>
    public EndReason Reason { get; }

    /// <summary>The HTTP status with which the upgrade was refused; <see langword="null"/> when it did not come to that.</summary>
    public HttpStatusCode? HttpStatus { get; init; }

    /// <summary>Always <see cref="Delivery.NotSent"/>.</summary>
    public Delivery Delivery => Delivery.NotSent;
}
