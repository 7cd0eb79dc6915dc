namespace HassSocket;

/// <summary>What to do next in a handshake: perhaps send something; then wait, be done, or give up.</summary>
public readonly record struct HandshakeStep
{
    /// <summary>A message to send first; empty for none. It is sent as it is, and never logged.</summary>
    public ReadOnlyMemory<byte> Send { get; init; }

    /// <summary>Whether the handshake is over.</summary>
    public bool IsDone { get; init; }

    /// <summary>What the handshake told about the server's version.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>Why the server does not want us; ends the attempt.</summary>
    public AuthenticationRejectedException? Rejection { get; init; }

    /// <summary>Waits for a message of the server.</summary>
    public static HandshakeStep Expect => default;

    /// <summary>Sends a message, then waits for one.</summary>
    /// <param name="message">The message.</param>
    public static HandshakeStep SendThenExpect(ReadOnlyMemory<byte> message) => new() { Send = message };

    /// <summary>Ends the handshake well.</summary>
    /// <param name="serverVersion">What the server calls itself, where it did.</param>
    public static HandshakeStep Done(string? serverVersion = null) => new() { IsDone = true, ServerVersion = serverVersion };

    /// <summary>Ends the handshake with a rejection.</summary>
    /// <param name="rejection">Why.</param>
    public static HandshakeStep Rejected(AuthenticationRejectedException rejection) => new() { Rejection = rejection };
}
