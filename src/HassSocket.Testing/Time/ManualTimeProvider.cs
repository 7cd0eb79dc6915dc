using System.Runtime.ExceptionServices;
using HassSocket.Testing.Time;

namespace HassSocket.Testing;

/// <summary>A clock that stands still until a test moves it.</summary>
/// <remarks>
/// It has two clocks, like a computer: one on the wall and a monotonic one that drives timers. Timers fire on the thread that
/// advances, never by themselves: one that is due at once waits for the next advance, if only of <see cref="TimeSpan.Zero"/>.
/// All members may be called from any thread.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _timers = new(ManualTimer.ByDueTime);
    private readonly List<TimerWaiter> _waiters = [];
    private DateTimeOffset _wallAtZero;
    private TimeSpan _now;
    private long _sequence;

    /// <summary>Creates a clock that shows 1 January 2026, 00:00 UTC.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Creates a clock.</summary>
    /// <param name="start">What the clock on the wall shows at first.</param>
    public ManualTimeProvider(DateTimeOffset start) => _wallAtZero = start.ToUniversalTime();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are waiting to fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    /// <summary>How long until the next timer fires; <see langword="null"/> when none is waiting.</summary>
    public TimeSpan? NextTimerIn
    {
        get
        {
            lock (_gate) return _timers.Min is { } next ? RemainingNeedsLock(next) : null;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _wallAtZero + _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate) return _now.Ticks;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves both clocks and fires the timers that come due, in order, each at its own due time.</summary>
    /// <param name="by">How far; not negative.</param>
    /// <remarks>A timer that a callback creates fires too when it is due within the same span.</remarks>
    /// <exception cref="Exception">What a callback threw, after all of them have run; several come as <see cref="AggregateException"/>.</exception>
    public void Advance(TimeSpan by) => Move(by, timersAreLate: false);

    /// <summary>Moves both clocks to the end of the span first and fires the timers then: they see that they are late.</summary>
    /// <param name="by">How far; not negative.</param>
    /// <exception cref="Exception">What a callback threw, as with <see cref="Advance"/>.</exception>
    public void AdvanceLate(TimeSpan by) => Move(by, timersAreLate: true);

    /// <summary>Moves only the clock on the wall, as when the machine slept or the clock was set; no timer fires.</summary>
    /// <param name="by">How far; negative sets it back.</param>
    public void AdvanceWallClock(TimeSpan by)
    {
        lock (_gate) _wallAtZero += by;
    }

    /// <summary>Waits until at least so many timers are waiting to fire.</summary>
    /// <param name="count">How many.</param>
    /// <param name="guard">The longest wait in real time; 10 seconds by default.</param>
    /// <exception cref="TimeoutException">It did not come to that.</exception>
    public Task WaitForTimersAsync(int count = 1, TimeSpan? guard = null)
        => WaitForTimersAsync(remaining => remaining.Count >= count, guard);

    /// <summary>Waits until a timer is due in exactly this time.</summary>
    /// <param name="dueIn">The time from now.</param>
    /// <param name="guard">The longest wait in real time; 10 seconds by default.</param>
    /// <exception cref="TimeoutException">There was no such timer.</exception>
    public Task WaitForTimerAsync(TimeSpan dueIn, TimeSpan? guard = null)
        => WaitForTimersAsync(remaining => remaining.Contains(dueIn), guard);

    /// <summary>Waits until the waiting timers meet a condition.</summary>
    /// <param name="condition">Is given the time that each timer still has, soonest first; asked at once and after every change.</param>
    /// <param name="guard">The longest wait in real time; 10 seconds by default.</param>
    /// <exception cref="TimeoutException">They never did; the message lists them.</exception>
    public async Task WaitForTimersAsync(Func<IReadOnlyList<TimeSpan>, bool> condition, TimeSpan? guard = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var waiter = new TimerWaiter(condition);
        lock (_gate) _waiters.Add(waiter);
        try
        {
            waiter.Ask(Remaining());
            await waiter.Met.WaitAsync(guard ?? Guard.Default, System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The timers never met the condition; they are due in: [{string.Join(", ", Remaining())}].");
        }
        finally
        {
            lock (_gate) _waiters.Remove(waiter);
        }
    }

    // In one piece with the look at whether it is disposed: a callback may arm its timer again while another thread disposes it.
    internal bool Schedule(ManualTimer timer, TimeSpan dueIn, TimeSpan? period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed) return false;
            _timers.Remove(timer);
            timer.Period = period;
            if (dueIn != Timeout.InfiniteTimeSpan)
            {
                timer.DueAt = _now + dueIn;
                timer.Sequence = ++_sequence;
                _timers.Add(timer);
            }
        }

        AskWaiters();
        return true;
    }

    internal void Forget(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }

        AskWaiters();
    }

    private void Move(TimeSpan by, bool timersAreLate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan end;
        lock (_gate)
        {
            end = _now + by;
            if (timersAreLate) _now = end;
        }

        List<Exception>? failures = null;
        while (TakeDue(end) is { } timer)
        {
            try
            {
                timer.Fire();
            }
            catch (Exception failure)
            {
                (failures ??= []).Add(failure);
            }
        }

        AskWaiters();
        if (failures is [var only]) ExceptionDispatchInfo.Throw(only);
        if (failures is not null) throw new AggregateException(failures);
    }

    /// <summary>Takes the next timer that is due up to <paramref name="end"/> and moves the clock to it; to the end when there is none.</summary>
    private ManualTimer? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } next || next.DueAt > end)
            {
                if (end > _now) _now = end;
                return null;
            }

            _timers.Remove(next);
            if (next.DueAt > _now) _now = next.DueAt;
            if (next.Period is { } period)
            {
                next.DueAt = _now + period;
                next.Sequence = ++_sequence;
                _timers.Add(next);
            }

            return next;
        }
    }

    private TimeSpan RemainingNeedsLock(ManualTimer timer) => timer.DueAt > _now ? timer.DueAt - _now : TimeSpan.Zero;

    private TimeSpan[] Remaining()
    {
        lock (_gate) return [.. _timers.Select(RemainingNeedsLock)];
    }

    private void AskWaiters()
    {
        TimerWaiter[] waiters;
        TimeSpan[] remaining;
        lock (_gate)
        {
            if (_waiters.Count == 0) return;
            waiters = [.. _waiters];
            remaining = [.. _timers.Select(RemainingNeedsLock)];
        }

        foreach (var waiter in waiters) waiter.Ask(remaining);
    }
}
