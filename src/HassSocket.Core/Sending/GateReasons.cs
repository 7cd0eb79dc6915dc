namespace HassSocket.Sending;

/// <summary>Why a command does not leave, in the words of an exception.</summary>
internal sealed class GateReasons
{
    private Func<string, Exception>? _closed;
    private EndReason _reason = EndReason.Stopped;
    private string _explanation = "the first attempt has not succeeded yet";
    private Exception? _error;

    public static Exception Paused(string command) => new MessagesPausedException(
        command, $"'{command}' was not sent: messages are paused. Resume with PauseMessages = false, or let the command wait (WhenPaused = Wait).");

    public void Clear() => _closed = null;

    public void Closed(Func<string, Exception> why) => _closed = why;

    public void NoSession(EndReason reason, string explanation, Exception? error)
    {
        _reason = reason;
        _explanation = explanation;
        _error = error;
    }

    public Exception? WhyClosed(string command) => _closed?.Invoke(command);

    public Exception NotReady(string command) => _error is TrafficLimitExceededException limit
        ? new TrafficLimitExceededException(limit.Message, limit.Rate, limit.Limit)
        : new NotConnectedException($"'{command}' was not sent: there is no connection. {Capitalised(_explanation)}", _reason, _error);

    public Exception TooMany(string command, int limit, bool isPaused, bool isOpen)
    {
        var beginning = $"'{command}' was not sent: {limit:N0} commands wait already (MaxWaitingCommands)";
        if (isPaused) return new MessagesPausedException(command, $"{beginning}, and messages are paused.");
        return isOpen
            ? new NotConnectedException($"{beginning}; the server does not keep up with them.", EndReason.None)
            : new NotConnectedException($"{beginning}, and there is no connection. {Capitalised(_explanation)}", _reason, _error);
    }

    public Exception Expired(string command, TimeSpan waited, bool isPaused, bool isOpen)
    {
        var beginning = $"'{command}' was not sent: it waited {waited.TotalSeconds:0.###} s (WaitForReady)";
        if (isPaused) return new MessagesPausedException(command, $"{beginning}, but messages are still paused.");
        return isOpen
            ? new NotConnectedException($"{beginning} behind others that the server does not take, or does not answer (MaxInFlight).", EndReason.None)
            : new NotConnectedException($"{beginning}, but there is still no connection. {Capitalised(_explanation)}", _reason, _error);
    }

    private static string Capitalised(string sentence)
    {
        if (sentence.Length == 0) return "";
        // An address at the beginning stays as it is: nobody dials Ws://.
        var isAddress = sentence.AsSpan().IndexOf(' ') is > 0 and var first && sentence.AsSpan(0, first).Contains("://", StringComparison.Ordinal);
        var beginning = isAddress ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];
        return beginning[^1] is '.' or '?' or '!' ? beginning : beginning + ".";
    }
}
