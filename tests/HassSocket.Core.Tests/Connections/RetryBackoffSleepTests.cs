using HassSocket.Connections;
using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Connections;

public sealed class RetryBackoffSleepTests
{
    [Fact]
    public async Task Wait_with_a_fraction_of_a_millisecond_does_not_spin_on_the_thread_of_its_timer()
    {
        var clock = new ManualTimeProvider();
        var backoff = new RetryBackoff(new TestOptions(), clock, () => 1, (_, _, _) => { });
        var sleep = backoff.SleepAsync(TimeSpan.FromMilliseconds(734.5), CancellationToken.None);

        await Task.Run(() => clock.Advance(TimeSpan.FromMilliseconds(734))).WaitAsync(ConnectionFixture.Guard);
        Assert.False(sleep.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        await sleep.WaitAsync(ConnectionFixture.Guard);
    }
}
