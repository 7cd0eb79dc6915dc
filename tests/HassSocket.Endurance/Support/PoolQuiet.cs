using System.Diagnostics;

namespace HassSocket.Endurance.Support;

/// <summary>Knows when nothing is under way: the thread pool has neither queued work nor a thread that runs any.</summary>
/// <remarks>
/// Everything of a client, of the simulated house and of the sockets in memory between them runs on the pool, and all timers belong to
/// a clock that stands still. So once the pool is idle nothing can begin by itself: this is a count, not a wait. Ask from a thread that
/// is none of the pool's, in a process where nothing else uses it.
/// </remarks>
internal sealed class PoolQuiet
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);
    private readonly int _workers;
    private int _foreign;

    /// <summary>Counts the threads that somebody else, such as a test runner, keeps blocked.</summary>
    public PoolQuiet()
    {
        ThreadPool.GetMaxThreads(out _workers, out _);
        _foreign = Busy;
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < TimeSpan.FromMilliseconds(100))
        {
            _foreign = Math.Min(_foreign, Busy);
            Thread.Sleep(1);
        }
    }

    private int Busy
    {
        get
        {
            ThreadPool.GetAvailableThreads(out var available, out _);
            return _workers - available;
        }
    }

    /// <summary>Returns when nothing is under way any more.</summary>
    /// <exception cref="TimeoutException">Something ran for a minute without an end.</exception>
    public void Wait()
    {
        var spin = new SpinWait();
        var since = Stopwatch.GetTimestamp();
        // Twice: a thread that queues its last work and ends between the two counts would be missed by one look.
        while (!IsIdle() || !IsIdle())
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (Stopwatch.GetElapsedTime(since) > HangGuard)
                throw new TimeoutException($"{Busy - _foreign} threads of the pool are still busy, and {ThreadPool.PendingWorkItemCount} pieces of work wait.");
        }
    }

    private bool IsIdle()
    {
        if (ThreadPool.PendingWorkItemCount != 0) return false;
        var busy = Busy;
        _foreign = Math.Min(_foreign, busy);
        return busy == _foreign && ThreadPool.PendingWorkItemCount == 0;
    }
}
