namespace HassSocket;

/// <summary>The server refused a command, or failed while it ran it.</summary>
public abstract class CommandFailedException : HassSocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What to tell the user.</param>
    protected CommandFailedException(string message)
        : base(message)
    {
    }

    /// <summary>The command that failed; <see langword="null"/> when the server did not say which.</summary>
    public string? Command { get; init; }

    /// <summary>The server's code; an open set of words.</summary>
    public required string Code { get; init; }

    /// <summary>The server's own text.</summary>
    public required string ServerMessage { get; init; }

    /// <summary>The key of the server's text in its translations, where it has one.</summary>
    public string? TranslationKey { get; init; }
}
