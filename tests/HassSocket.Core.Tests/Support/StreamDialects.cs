namespace HassSocket.Core.Tests.Support;

/// <summary>Dialects with one fact changed, for tests of streams.</summary>
internal static class StreamDialects
{
    /// <summary>A stop may leave only after the server said started.</summary>
    public static EchoDialect StopNeedsStarted() => new() { Facts = new EchoDialect().Facts with { StopNeedsStarted = true } };

    /// <summary>Refusals with "starting" mean waiting; a probe and a signal tell when to ask again.</summary>
    public static EchoDialect Waiting() => new() { Probe = new("probe"u8.ToArray()), RetrySignals = [new TextSource("signals")] };
}
