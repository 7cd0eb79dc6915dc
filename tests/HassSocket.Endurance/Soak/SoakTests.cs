using Xunit;

namespace HassSocket.Endurance.Soak;

public sealed class SoakTests(ITestOutputHelper output)
{
    // The simulator remembers every connection and every message that it got; that is its purpose, and its share of the heap.
    private const long HouseRemembers = 500 * 20 * 1024;

    private const long Noise = 4 * 1024 * 1024;

    [Fact]
    public async Task Five_hundred_reconnects_and_a_million_events_leave_nothing_behind()
    {
        var (before, after) = await SoakRun.SoakAsync(500, 1_000_000, output.WriteLine);

        Assert.InRange(after.HeapBytes, 0, before.HeapBytes + HouseRemembers + Noise);
        Assert.InRange(after.Handles, 0, before.Handles + 30);
        Assert.InRange(after.Threads, 0, before.Threads + 15);
        // One that has just ended may still be on a stack.
        Assert.InRange(after.Sessions, 1, 2);
        Assert.Equal((0L, 1), (after.Pending, after.Connections));
    }
}
