using Xunit;

namespace HassSocket.Endurance.Histories;

public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int Enough = 1_000;

    [Fact]
    public async Task Ten_thousand_random_histories_keep_every_promise()
    {
        var (playhouse, failure) = await PlayAsync(Defect.None, Enumerable.Range(1, 10_000));

        output.WriteLine($"{playhouse.Played:N0} histories of {History.Steps} steps{Environment.NewLine}{playhouse.Tally}");
        Assert.True(failure is null, failure);
        Assert.Equal(10_000, playhouse.Played);
        Assert.All(Enum.GetValues<Act>(), act => Assert.True(playhouse.Tally.Of(act) >= Enough, $"{act} happened {playhouse.Tally.Of(act)} times."));
    }

    [Theory]
    [InlineData(nameof(Defect.LostReply), "has no end|nobody awaits")]
    [InlineData(nameof(Defect.DoubledEvent), "twice")]
    [InlineData(nameof(Defect.SwappedEvents), " after ")]
    [InlineData(nameof(Defect.LeakedSubscription), "are wanted, and the house has")]
    [InlineData(nameof(Defect.MissedRestore), "are wanted, and the house has")]
    public async Task Seeded_bug_is_found_and_its_history_told(string defect, string complaint)
    {
        var (_, failure) = await PlayAsync(Enum.Parse<Defect>(defect), Enumerable.Range(1, 200));

        Assert.NotNull(failure);
        output.WriteLine(failure);
        Assert.Matches(complaint, failure);
        Assert.Matches(@"^Seed \d+: step \d+: ", failure);
        Assert.Contains("histories --seed", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_history_has_fifty_operations_and_two_faults_at_least()
    {
        var (playhouse, failure) = await PlayAsync(Defect.None, Enumerable.Repeat(7, 20));

        Assert.True(failure is null, failure);
        Assert.True(Acts.Operations.Sum(playhouse.Tally.Of) >= 20 * 50);
        Assert.True(Acts.Faults.Sum(playhouse.Tally.Of) >= 20 * 2);
    }

    // Not on a thread of the pool: that has to come to rest between the steps.
    private static Task<(Playhouse Playhouse, string? Failure)> PlayAsync(Defect defect, IEnumerable<int> seeds) => Task.Factory.StartNew(
        () =>
        {
            var playhouse = new Playhouse(defect);
            return (playhouse, playhouse.Play(seeds));
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
