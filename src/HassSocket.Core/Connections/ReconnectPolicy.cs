using Polly;
using Polly.Retry;

namespace HassSocket.Connections;

/// <summary>Turns options into the Polly pipeline that runs connect, ready and stable as one execution.</summary>
internal static class ReconnectPolicy
{
    public static ResiliencePipeline Build(ConnectionOptions options, TimeProvider time, RetryBackoff backoff, Func<bool> isNeeded)
    {
        var builder = new ResiliencePipelineBuilder { Name = "HassSocket.Reconnect", TimeProvider = time };
        if (options.ConfigureReconnect is { } configure)
        {
            configure(builder);
        }
        else
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is { } error && CanRetry(error) && isNeeded() && !args.Context.CancellationToken.IsCancellationRequested),
                DelayGenerator = backoff.DelayAsync,
            });
        }

        return builder.Build();
    }

    /// <summary>Whether another attempt can help: not with the same rejected credentials, and not against load safety.</summary>
    public static bool CanRetry(Exception error) => error is not (AuthenticationRejectedException or TrafficLimitExceededException);
}
