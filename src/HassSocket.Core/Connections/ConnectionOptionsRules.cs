namespace HassSocket.Connections;

/// <summary>The rules for options that every protocol shares.</summary>
internal static class ConnectionOptionsRules
{
    // Timers count milliseconds in 32 bits; a longer wait cannot be armed.
    public static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public static IEnumerable<string> Check(ConnectionOptions o)
    {
        foreach (var problem in CheckTimes(o)) yield return problem;
        foreach (var problem in CheckLimits(o)) yield return problem;
        foreach (var problem in CheckPolicies(o)) yield return problem;
    }

    private static bool IsSha256(string pin) =>
        Convert.TryFromBase64String(pin ?? "", stackalloc byte[64], out var length) && length == 32;

    private static IEnumerable<string> CheckTimes(ConnectionOptions o)
    {
        foreach (var (name, value, mayBeInfinite) in new[]
        {
            (nameof(o.RetryInterval), o.RetryInterval, false),
            (nameof(o.MaxRetryInterval), o.MaxRetryInterval, false),
            (nameof(o.StableAfter), o.StableAfter, false),
            (nameof(o.ConnectTimeout), o.ConnectTimeout, false),
            (nameof(o.HandshakeTimeout), o.HandshakeTimeout, false),
            (nameof(o.ExpectResponseAfter), o.ExpectResponseAfter, true),
            (nameof(o.WaitForReady), o.WaitForReady, true),
            (nameof(o.PingInterval), o.PingInterval, false),
            (nameof(o.PongTimeout), o.PongTimeout, false),
            (nameof(o.SocketAvgDuration), o.SocketAvgDuration, false),
            (nameof(o.IdleCloseAfter), o.IdleCloseAfter, false),
        })
        {
            if (mayBeInfinite && value == Timeout.InfiniteTimeSpan) continue;
            if (value <= TimeSpan.Zero || value > LongestTimer)
            {
                yield return $"{name} is {value}, but must be longer than zero and at most {LongestTimer.TotalDays:0} days" +
                             (mayBeInfinite ? " (or Timeout.InfiniteTimeSpan)." : ".");
            }
        }

        if (o.MaxRetryInterval < o.RetryInterval)
            yield return $"MaxRetryInterval ({o.MaxRetryInterval}) is shorter than RetryInterval ({o.RetryInterval}); make it at least as long.";
    }

    private static IEnumerable<string> CheckLimits(ConnectionOptions o)
    {
        if (o.MaxWaitingCommands < 1)
            yield return $"MaxWaitingCommands is {o.MaxWaitingCommands}, but must be at least 1.";
        if (o.MaxInFlight < 1)
            yield return $"MaxInFlight is {o.MaxInFlight}, but must be at least 1.";
        if (o.MaxMessageBytes < 1024)
            yield return $"MaxMessageBytes is {o.MaxMessageBytes}, but must be at least 1,024 bytes; int.MaxValue is as good as unlimited.";
        if (!(o.SocketWarnRequestsPerSec > 0))
            yield return $"SocketWarnRequestsPerSec is {o.SocketWarnRequestsPerSec}, but must be greater than 0; double.PositiveInfinity disables the warning.";
        if (!(o.SocketCrashRequestsPerSec > 0))
            yield return $"SocketCrashRequestsPerSec is {o.SocketCrashRequestsPerSec}, but must be greater than 0; double.PositiveInfinity disables the limit.";
        if (o.SocketCrashRequestsPerSec < o.SocketWarnRequestsPerSec && !double.IsPositiveInfinity(o.SocketWarnRequestsPerSec))
        {
            yield return $"SocketCrashRequestsPerSec ({o.SocketCrashRequestsPerSec}) is lower than SocketWarnRequestsPerSec " +
                         $"({o.SocketWarnRequestsPerSec}), so the warning could never come first; raise it or lower the warning.";
        }
    }

    private static IEnumerable<string> CheckPolicies(ConnectionOptions o)
    {
        if (o.WhenDisconnected is not (WhenUnavailable.Wait or WhenUnavailable.Fail))
            yield return $"WhenDisconnected is {o.WhenDisconnected}, but must be Wait or Fail.";
        if (o.WhenPaused is not (WhenUnavailable.Wait or WhenUnavailable.Fail))
            yield return $"WhenPaused is {o.WhenPaused}, but must be Fail or Wait; Drop can be chosen for a single posted command.";
        if (!Enum.IsDefined(o.BatchCommands))
            yield return $"BatchCommands is {o.BatchCommands}, but must be Auto, Always or Never.";
        if (o.Name is null)
            yield return "Name is null, but must be a text; empty is fine.";
        if (o.Tls is null)
            yield return "Tls is null; leave it as it is for the rules of the operating system.";
        foreach (var pin in o.Tls?.PinnedPublicKeys.Where(pin => !IsSha256(pin)) ?? [])
            yield return $"Tls.PinnedPublicKeys holds '{pin}', but a pin is the SHA-256 of a public key in base64: 44 characters that end in '='.";
    }
}
