namespace HassSocket;

/// <summary>A command was refused because messages are paused.</summary>
public sealed class MessagesPausedException : HassSocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="command">The command.</param>
    /// <param name="message">Why, and what to do.</param>
    public MessagesPausedException(string command, string message)
        : base(message) => Command = command;

    /// <summary>The command.</summary>
    public string Command { get; }

    /// <summary>Always <see cref="Delivery.NotSent"/>.</summary>
    public Delivery Delivery => Delivery.NotSent;
}
