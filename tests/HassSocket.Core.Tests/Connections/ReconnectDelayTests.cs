using HassSocket.Connections;
using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

public sealed class ReconnectDelayTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Theory]
    [InlineData(0.0, new[] { 0, 0.5, 1.5, 3.5, 7.5 })]
    [InlineData(1.0, new[] { 0, 1.0, 3.0, 7.0, 15.0 })]
    public async Task Attempts_lie_further_and_further_apart_within_their_bounds(double random, double[] seconds)
    {
        await using var fixture = new ConnectionFixture(o => o.Calm(), random: random);
        fixture.Transports.Refuse(int.MaxValue);
        var changes = fixture.Watch();

        _ = fixture.Connection.StartAsync();
        for (var wait = 1; wait < seconds.Length; wait++) await fixture.PassBackoffAsync(changes);
        await changes.NextAsync(Backoff);

        Assert.Equal(seconds, DialTimes(fixture));
    }

    [Fact]
    public void Delays_are_spread_evenly_over_the_upper_half_and_stop_growing_at_the_cap()
    {
        var random = new Random(20_260_101);
        var backoff = new RetryBackoff(new TestOptions(), new ManualTimeProvider(), random.NextDouble, (_, _, _) => { });
        foreach (var (attempt, longest) in new[] { (0, 1.0), (1, 2.0), (2, 4.0), (5, 32.0), (6, 60.0), (7, 60.0), (40, 60.0), (int.MaxValue, 60.0) })
        {
            var shares = Enumerable.Range(0, 2_000).Select(_ => backoff.DelayAfter(attempt).TotalSeconds / longest).ToList();

            Assert.All(shares, share => Assert.InRange(share, 0.5, 1));
            // Evenly: each tenth of the range has about a tenth of the delays; the seed makes it the same every time.
            foreach (var tenth in shares.GroupBy(share => (int)((share - 0.5) * 20))) Assert.InRange(tenth.Count(), 140, 260);
        }
    }

    [Fact]
    public async Task The_first_attempt_after_a_stable_session_leaves_at_once()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var server = await fixture.ReadyAsync();
        await fixture.ProveStableAsync();

        server.Drop();

        await fixture.AcceptAsync();
        Assert.Equal([0, 30], DialTimes(fixture));
    }

    [Fact]
    public async Task Two_dials_lie_an_interval_apart_even_when_the_session_between_was_stable_at_once()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect: new RelayDialect());
        var server = await fixture.ReadyAsync();
        await AnswerAsync(fixture, server);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(400));

        server.Drop();

        var lost = await fixture.UntilAsync(Backoff);
        Assert.Equal((0, TimeSpan.FromMilliseconds(600)), (lost.FailedAttempts, lost.NextAttemptIn));
        await fixture.PassAsync(TimeSpan.FromMilliseconds(600));
        await fixture.AcceptAsync();
        Assert.Equal([0, 1], DialTimes(fixture));
    }

    [Fact]
    public async Task A_server_that_accepts_and_drops_is_not_hammered()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm(), random: 0);
        var changes = fixture.Watch();
        _ = fixture.Connection.StartAsync();

        for (var attempt = 1; attempt <= 9; attempt++)
        {
            (await fixture.AcceptAsync()).Drop();
            Assert.Equal(attempt, (await fixture.PassBackoffAsync(changes)).FailedAttempts);
        }

        await fixture.AcceptAsync();
        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5, 91.5, 121.5], DialTimes(fixture));
    }

    [Fact]
    public async Task Only_a_session_that_lasts_StableAfter_begins_the_waits_anew()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        fixture.Transports.Refuse(2);
        var changes = fixture.Watch();
        var start = fixture.Connection.StartAsync();
        await fixture.PassBackoffAsync(changes);
        await fixture.PassBackoffAsync(changes);
        var server = await fixture.AcceptAsync();
        await start.WaitAsync(Guard);
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30));

        fixture.Clock.Advance(TimeSpan.FromMilliseconds(29_999));
        server.Drop();

        var third = await fixture.PassBackoffAsync(changes);
        Assert.Equal((3, TimeSpan.FromSeconds(4)), (third.FailedAttempts, third.NextAttemptIn));
        server = await fixture.AcceptAsync();
        await fixture.ProveStableAsync();
        server.Drop();
        await fixture.AcceptAsync();
        Assert.Equal(0, (await changes.NextAsync(Backoff)).FailedAttempts);
    }

    [Fact]
    public async Task The_first_good_answer_proves_a_session_stable_where_the_dialect_says_so()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm(), dialect: new RelayDialect());
        var changes = fixture.Watch();
        var server = await fixture.ReadyAsync();

        server.Drop();
        Assert.Equal(1, (await fixture.PassBackoffAsync(changes)).FailedAttempts);
        server = await fixture.AcceptAsync();
        await changes.NextAsync(Ready);
        await AnswerAsync(fixture, server);
        server.Drop();

        Assert.Equal(0, (await changes.NextAsync(Backoff)).FailedAttempts);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1006)]
    [InlineData(1008)]
    [InlineData(1011)]
    [InlineData(4000)]
    public async Task Whatever_the_close_code_the_connection_comes_back(int code)
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        var server = await fixture.ReadyAsync();
        var sent = fixture.SendAsync("x");
        await server.ReadAsync();

        server.Close(code, "for reasons");

        var lost = await sent.FailsWithAsync<ConnectionLostException>();
        Assert.Equal((EndReason.ClosedByServer, code), (lost.Reason, lost.CloseCode));
        Assert.Contains("for reasons", (await fixture.UntilAsync(Backoff)).Explanation, StringComparison.Ordinal);
        await fixture.FenceAsync(await fixture.ReconnectAsync());
    }

    private static double[] DialTimes(ConnectionFixture fixture)
    {
        var dials = fixture.Transports.Dials;
        return [.. dials.Select(dial => (dial.At - dials[0].At).TotalSeconds)];
    }

    /// <summary>A command that the server answers: with the relay, that proves the session.</summary>
    private static async Task AnswerAsync(ConnectionFixture fixture, MemoryConnection server)
    {
        var answer = fixture.SendAsync("x");
        server.Answer(await server.ReadAsync(), "= y");
        await answer.WaitAsync(Guard);
    }
}
