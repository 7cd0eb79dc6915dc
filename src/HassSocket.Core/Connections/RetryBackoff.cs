using HassSocket.Sessions;
using Polly.Retry;

namespace HassSocket.Connections;

/// <summary>The waits between attempts: doubling, jittered downwards, cut short when the machine wakes from sleep.</summary>
internal sealed class RetryBackoff(ConnectionOptions options, TimeProvider time, Func<double> random, Action<Failure, int, TimeSpan> onWait)
{
    /// <summary>Polly asks for the delay after a failure; it is waited for here, in slices, so that none is left for Polly.</summary>
    public async ValueTask<TimeSpan?> DelayAsync(RetryDelayGeneratorArguments<object> args)
    {
        var failure = Failure.Of(args.Outcome.Exception!);
        var delay = failure.IsSlow ? options.MaxRetryInterval : DelayAfter(args.AttemptNumber);
        onWait(failure, args.AttemptNumber + 1, delay);
        await SleepAsync(delay, args.Context.CancellationToken).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    /// <summary>The delay after failure n, from 0: uniform in the upper half of min(MaxRetryInterval, RetryInterval · 2ⁿ).</summary>
    public TimeSpan DelayAfter(int attempt)
    {
        var longest = Math.Min(options.MaxRetryInterval.TotalMilliseconds, options.RetryInterval.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 62)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + (random() / 2)));
    }

    /// <summary>Waits in slices; returns early when the machine slept meanwhile, and without an exception when it is cancelled.</summary>
    public async Task SleepAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        for (var left = delay; left > TimeSpan.Zero;)
        {
            // Timers count whole milliseconds: what is left of one would be no wait at all, again and again.
            var slice = left < Heartbeat.Slice ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : Heartbeat.Slice;
            var began = time.GetTimestamp();
            var wall = time.GetUtcNow();
            await Task.Delay(slice, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return;
            var passed = time.GetElapsedTime(began);
            // The monotonic clock stops while the machine sleeps, the one on the wall does not; on some systems the timer is just late.
            if (time.GetUtcNow() - wall - passed >= Heartbeat.SleptFor || passed - slice >= Heartbeat.SleptFor) return;
            left -= passed;
        }
    }
}
