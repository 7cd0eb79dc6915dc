namespace HassSocket.Sessions;

/// <summary>The latest error of the server that belonged to no command, until something good follows; the read loop's own.</summary>
internal sealed class Complaint
{
    private CommandFailedException? _error;

    public void Note(CommandFailedException? error) => _error = error;

    /// <summary>Something good has come: the error was not about the session.</summary>
    public void Forget() => _error = null;

    /// <summary>Whether a refusal has the same words, so that it is the session that is refused, not the one that asked.</summary>
    public bool IsRepeatedBy(HassSocketException error) =>
        _error is not null && error is CommandFailedException refusal && refusal.Code == _error.Code && refusal.ServerMessage == _error.ServerMessage;

    /// <summary>Gives an end its reason, if the server told it before it hung up.</summary>
    public SessionEnd Explain(SessionEnd end) => _error is null || end.Reason == EndReason.ProtocolViolation
        ? end
        : end with { Reason = EndReason.ServerError, Explanation = _error.Message, Error = _error };
}
