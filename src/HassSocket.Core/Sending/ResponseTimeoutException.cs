namespace HassSocket;

/// <summary>A command was sent, but no answer came in time; the connection lives on.</summary>
public sealed class ResponseTimeoutException : HassSocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="command">The command.</param>
    /// <param name="timeout">How long was waited.</param>
    public ResponseTimeoutException(string command, TimeSpan timeout)
        : base($"'{command}' was sent, but the server did not answer within {timeout.TotalSeconds:0.###} s. It may still run it. " +
               $"Commands that take longer need a longer {nameof(ConnectionOptions.ExpectResponseAfter)}.")
    {
        Command = command;
        Timeout = timeout;
    }

    /// <summary>The command.</summary>
    public string Command { get; }

    /// <summary>How long was waited, from the write.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Always <see cref="Delivery.Unknown"/>.</summary>
    public Delivery Delivery => Delivery.Unknown;
}
