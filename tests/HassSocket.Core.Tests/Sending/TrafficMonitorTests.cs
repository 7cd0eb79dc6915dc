using HassSocket.Core.Tests.Support;
using HassSocket.Sending;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class TrafficMonitorTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ConnectionOptions _options = new TestOptions()
    {
        SocketAvgDuration = TimeSpan.FromSeconds(10),
        SocketWarnRequestsPerSec = double.PositiveInfinity,
        SocketCrashRequestsPerSec = double.PositiveInfinity,
    };

    [Fact]
    public void A_window_full_of_traffic_takes_no_memory_for_each_message()
    {
        var monitor = new TrafficMonitor(_options, _time);
        Send(monitor, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Send(monitor, 20_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal(1_000, monitor.Rate, tolerance: 1);
    }

    [Fact]
    public void What_was_sent_leaves_the_rate_when_its_time_is_over()
    {
        var monitor = new TrafficMonitor(_options, _time);
        foreach (var name in new[] { "a", "a", "b", "a" }) _ = monitor.Count(name, out _);
        _time.Advance(TimeSpan.FromSeconds(4));
        foreach (var name in new[] { "b", "b" }) _ = monitor.Count(name, out _);
        Assert.Equal(0.6, monitor.Rate);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(0.2, monitor.Rate);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, monitor.Rate);
        _ = monitor.Count("a", out _);
        Assert.Equal(0.1, monitor.Rate);
    }

    private void Send(TrafficMonitor monitor, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            _ = monitor.Count("call_service", out _);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }
}
