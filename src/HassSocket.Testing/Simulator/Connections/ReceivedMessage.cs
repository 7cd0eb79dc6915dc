namespace HassSocket.Testing;

/// <summary>One message that a client sent to the house.</summary>
/// <param name="Connection">The number of the connection, from 1.</param>
/// <param name="Text">The message as it came: an object, or an array of them.</param>
/// <param name="At">When it came, by the clock of the house.</param>
public sealed record ReceivedMessage(int Connection, string Text, DateTimeOffset At)
{
    /// <summary>Connection, length and time; never the text, which may hold a token.</summary>
    public override string ToString() => $"{Text.Length} characters on connection {Connection} at {At:HH:mm:ss.fff}";
}
