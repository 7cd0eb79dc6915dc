namespace HassSocket.Trpc.Tests.Fake;

/// <summary>Waits by a clock; what waits goes on within the call that moves the clock, or stops the wait, so that a test need not guess when.</summary>
internal static class Delay
{
    public static Task WaitAsync(TimeSpan span, TimeProvider clock, CancellationToken stopped = default)
    {
        var over = new TaskCompletionSource();
        var timer = clock.CreateTimer(_ => over.TrySetResult(), null, span, Timeout.InfiniteTimeSpan);
        stopped.Register(() =>
        {
            timer.Dispose();
            over.TrySetCanceled(stopped);
        });
        return over.Task;
    }
}
