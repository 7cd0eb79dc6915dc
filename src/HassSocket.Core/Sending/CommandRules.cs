using HassSocket.Connections;

namespace HassSocket.Sending;

/// <summary>What a command may not ask for; said before anything happens to it.</summary>
internal static class CommandRules
{
    public static void Check(OutgoingCommand command)
    {
        var envelope = command.Envelope;
        if (envelope.WhenDisconnected == WhenUnavailable.Drop)
            throw new ArgumentException($"'{command.Name}' cannot be dropped without a connection: choose Wait or Fail (WhenDisconnected).", nameof(command));
        if (envelope.WhenPaused == WhenUnavailable.Drop && command.Kind != CommandKind.Post)
            throw new ArgumentException($"'{command.Name}' awaits an answer, so it cannot be dropped: choose Wait or Fail (WhenPaused), or post it.", nameof(command));
        if (envelope.ExpectResponseAfter is not { } wait || wait == Timeout.InfiniteTimeSpan) return;
        if (wait <= TimeSpan.Zero || wait > ConnectionOptionsRules.LongestTimer)
        {
            throw new ArgumentOutOfRangeException(
                nameof(command),
                wait,
                $"'{command.Name}' wants its answer within {wait}, but ExpectResponseAfter must be longer than zero and at most " +
                $"{ConnectionOptionsRules.LongestTimer.TotalDays:0} days, or Timeout.InfiniteTimeSpan.");
        }
    }
}
