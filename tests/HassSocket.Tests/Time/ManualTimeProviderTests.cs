using HassSocket.Testing;
using Xunit;

namespace HassSocket.Tests.Time;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Timers_fire_in_order_of_due_time_and_see_their_own_due_time()
    {
        var start = _time.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = At("late", 3, fired, start);
        using var soon = At("soon", 1, fired, start);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("soon", TimeSpan.FromSeconds(1)), ("late", TimeSpan.FromSeconds(3))], fired);
        Assert.Equal(start.AddSeconds(5), _time.GetUtcNow());
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void Timer_made_by_a_callback_fires_within_the_same_span()
    {
        var start = _time.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        using var first = _time.CreateTimer(_ => At("second", 2, fired, start), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal([("second", TimeSpan.FromSeconds(3))], fired);
    }

    [Fact]
    public void Late_timers_see_the_end_of_the_span()
    {
        var start = _time.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        using var timer = At("late", 1, fired, start);

        _time.AdvanceLate(TimeSpan.FromSeconds(20));

        Assert.Equal([("late", TimeSpan.FromSeconds(20))], fired);
    }

    [Fact]
    public void Wall_clock_moves_alone_and_fires_nothing()
    {
        var start = _time.GetUtcNow();
        var stamp = _time.GetTimestamp();
        using var timer = _time.CreateTimer(_ => Assert.Fail("must not fire"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.AdvanceWallClock(TimeSpan.FromHours(1));

        Assert.Equal(start.AddHours(1), _time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(stamp));
        Assert.Equal(TimeSpan.FromSeconds(1), _time.NextTimerIn);
    }

    [Fact]
    public void Periodic_timer_fires_once_for_each_period()
    {
        var count = 0;
        using var timer = _time.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(3, count);
    }

    [Fact]
    public void Timer_that_is_disposed_while_it_is_armed_again_leaves_nothing()
    {
        for (var i = 0; i < 20_000; i++)
        {
            var timer = _time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            Parallel.Invoke(() => timer.Change(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)), timer.Dispose);
            Assert.Equal(0, _time.ActiveTimers);
        }
    }

    [Fact]
    public void What_a_callback_throws_reaches_the_caller_after_all_have_run()
    {
        var fired = new List<(string Name, TimeSpan At)>();
        using var bad = _time.CreateTimer(_ => throw new FormatException(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        using var good = At("good", 1, fired, _time.GetUtcNow());

        Assert.Throws<FormatException>(() => _time.Advance(TimeSpan.FromSeconds(1)));
        Assert.Single(fired);
    }

    [Fact]
    public async Task Waiting_for_a_timer_ends_when_it_exists()
    {
        var waiting = _time.WaitForTimerAsync(TimeSpan.FromSeconds(7));
        Assert.False(waiting.IsCompleted);

        using var timer = _time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan);

        await waiting;
    }

    [Fact]
    public async Task Waiting_in_vain_ends_with_the_timers_there_are()
    {
        using var timer = _time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _time.WaitForTimersAsync(2, TimeSpan.FromMilliseconds(1)));

        Assert.Contains("00:00:07", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delays_and_timeouts_of_the_platform_run_on_it()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
        var delay = Task.Delay(TimeSpan.FromSeconds(1), _time);

        _time.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(timeout.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(timeout.IsCancellationRequested);
    }

    private ITimer At(string name, int seconds, List<(string Name, TimeSpan At)> fired, DateTimeOffset start) => _time.CreateTimer(
        _ => fired.Add((name, _time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
