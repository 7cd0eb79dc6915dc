namespace HassSocket.Testing;

/// <summary>A client did not send what a test expected of it; test frameworks show the message.</summary>
public sealed class SimulatorExpectationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected, and what was sent instead.</param>
    public SimulatorExpectationException(string message)
        : base(message)
    {
    }
}
