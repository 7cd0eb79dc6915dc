using Xunit;

namespace HassSocket.Endurance.Fuzz;

public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_hundred_thousand_mutated_frames_neither_crash_nor_hang_nor_fill_the_memory()
    {
        var fuzzer = new Fuzzer(seed: 1);
        var failure = await Task.Factory.StartNew(
            () => fuzzer.Run(200_000), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        output.WriteLine($"{fuzzer.Frames:N0} frames; calls ended so: {fuzzer.Outcomes}");
        Assert.True(failure is null, failure);
        Assert.InRange(fuzzer.Growth, long.MinValue, 16 * 1024 * 1024);
    }
}
