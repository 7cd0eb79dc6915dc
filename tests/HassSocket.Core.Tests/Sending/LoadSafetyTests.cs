using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class LoadSafetyTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_rate_that_equals_the_threshold_is_fine_and_one_message_more_is_not()
    {
        await using var fixture = Watched(warn: 2);
        await fixture.ReadyAsync();
        var warnings = Warnings(fixture);

        for (var i = 0; i < 10; i++) await fixture.PostAsync("x");
        Assert.DoesNotContain(fixture.Log.Lines, line => line.Id == 60);
        await fixture.PostAsync("x");

        var warning = await warnings.NextAsync();
        Assert.Equal((2.2, 2.0), (warning.Rate, warning.Threshold));
        var text = await fixture.Log.WaitForAsync(60);
        Assert.Contains("2.2", text, StringComparison.Ordinal);
        Assert.Contains("x (11)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4_999, true)]
    [InlineData(5_000, false)]
    public async Task A_message_counts_for_exactly_the_averaging_time(int milliseconds, bool stillCounts)
    {
        await using var fixture = Watched(warn: 2);
        var server = await fixture.ReadyAsync();
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(17));
        for (var i = 0; i < 10; i++) await fixture.PostAsync("x");

        fixture.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await fixture.PostAsync("x");

        for (var i = 0; i < 11; i++) await server.ReadAsync();
        await fixture.SettleAsync(server);
        Assert.Equal(stillCounts, fixture.Log.Lines.Any(line => line.Id == 60));
    }

    [Fact]
    public async Task Each_command_of_a_batch_counts()
    {
        await using var fixture = Watched(warn: 2);
        var server = await fixture.ReadyAsync();
        var warnings = Warnings(fixture);
        server.StuckWrites = true;
        for (var i = 0; i < 12; i++) _ = fixture.SendAsync("x");
        server.StuckWrites = false;

        Assert.Equal(2.2, (await warnings.NextAsync()).Rate);
    }

    [Fact]
    public async Task An_episode_is_warned_of_once_and_a_new_one_again_with_the_busiest_commands()
    {
        await using var fixture = Watched(warn: 2);
        await fixture.ReadyAsync();
        var warnings = Warnings(fixture);
        foreach (var name in "aaaabbbccddddd") await fixture.PostAsync($"{name}");
        Assert.Equal(["a=4", "b=3", "c=2"], Busiest(await warnings.NextAsync()));

        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        for (var i = 0; i < 20; i++) await fixture.PostAsync("e");
        fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        for (var i = 0; i < 11; i++) await fixture.PostAsync("f");

        Assert.Equal(["f=11"], Busiest(await warnings.NextAsync()));
        Assert.False(warnings.TryNext(out _));
        Assert.Equal(2, fixture.Log.Lines.Count(line => line.Id == 60));
    }

    [Fact]
    public async Task What_the_engine_sends_by_itself_does_not_count()
    {
        await using var fixture = Watched(warn: 0.2, crash: 0.3);
        var server = await fixture.ReadyAsync();
        for (var i = 1; i <= 50; i++)
        {
            using var consumer = fixture.Connection.Subscribe(new TextSource($"{i}")).Subscribe(new Inbox<string>());
            Assert.EndsWith($"sub {i}", await server.ReadAsync(), StringComparison.Ordinal);
            consumer.Dispose();
            Assert.Contains(" stop ", await server.ReadAsync(), StringComparison.Ordinal);
        }

        await fixture.PostAsync("x").WaitAsync(Guard);

        Assert.DoesNotContain(fixture.Log.Lines, line => line.Id == 60);
    }

    [Fact]
    public async Task The_command_that_exceeds_the_limit_stops_the_connection_and_everybody_is_told()
    {
        await using var fixture = Watched(warn: 1, crash: 2, o => (o.MaxInFlight, o.WaitForReady) = (10, Hour));
        var server = await fixture.ReadyAsync();
        var sent = Enumerable.Range(0, 10).Select(_ => fixture.SendAsync("sent")).ToArray();
        var tripping = fixture.SendAsync("tripping");
        var waiting = fixture.SendAsync("waiting");
        var picky = fixture.SendAsync("picky", new CommandEnvelope("picky") { WhenDisconnected = WhenUnavailable.Fail });
        for (var i = 1; i <= 10; i++) Assert.Equal($"{i} sent", await server.ReadAsync());

        server.Send("1 = fine");

        Assert.Equal("fine", await sent[0].WaitAsync(Guard));
        var refusal = await tripping.FailsWithAsync<TrafficLimitExceededException>();
        Assert.Equal((2.2, 2.0, Delivery.NotSent), (refusal.Rate, refusal.Limit, refusal.Delivery));
        Assert.Contains("'tripping' was not sent", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("sent (10)", refusal.Message, StringComparison.Ordinal);
        foreach (var command in sent.Skip(1))
            Assert.Equal(Delivery.Unknown, (await command.FailsWithAsync<TrafficLimitExceededException>()).Delivery);
        Assert.Equal(Delivery.NotSent, (await waiting.FailsWithAsync<TrafficLimitExceededException>()).Delivery);
        Assert.Equal(Delivery.NotSent, (await picky.FailsWithAsync<TrafficLimitExceededException>()).Delivery);
        var fault = await fixture.UntilAsync(ConnectionState.Faulted);
        Assert.Equal(EndReason.TrafficLimit, fault.Reason);
        Assert.False(server.TryRead(out _));
        Assert.Equal(EndReason.TrafficLimit, (await fixture.SendAsync("late").FailsWithAsync<NotConnectedException>()).Reason);
    }

    [Fact]
    public async Task After_a_crash_StartAsync_starts_afresh()
    {
        await using var fixture = Watched(warn: 1, crash: 2);
        await fixture.ReadyAsync();
        for (var i = 0; i < 10; i++) await fixture.PostAsync("x");
        await fixture.PostAsync("x").FailsWithAsync<TrafficLimitExceededException>();
        await fixture.UntilAsync(ConnectionState.Faulted);

        var start = fixture.Connection.StartAsync();
        await fixture.AcceptAsync();
        await start.WaitAsync(Guard);

        for (var i = 0; i < 10; i++) await fixture.PostAsync("x").WaitAsync(Guard);
        Assert.Equal(ConnectionState.Ready, fixture.Connection.State);
    }

    [Fact]
    public async Task What_stands_before_the_refused_command_in_a_frame_still_leaves()
    {
        await using var fixture = Watched(warn: 1, crash: 2);
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var posts = Enumerable.Range(0, 12).Select(_ => fixture.PostAsync("x")).ToArray();
        server.StuckWrites = false;

        await posts[11].FailsWithAsync<TrafficLimitExceededException>();
        await posts[10].FailsWithAsync<TrafficLimitExceededException>();
        for (var i = 0; i < 10; i++) await posts[i].WaitAsync(Guard);
        Assert.Equal("1 x", await server.ReadAsync());
        Assert.Equal(9, (await server.ReadAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task A_limit_that_is_exceeded_while_the_write_fails_is_a_fault_all_the_same()
    {
        await using var fixture = Watched(warn: 1, crash: 2);
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var posts = Enumerable.Range(0, 12).Select(_ => fixture.PostAsync("x")).ToArray();
        fixture.Hooks.OnSend = (_, _) => throw new IOException("cut");
        server.StuckWrites = false;

        foreach (var post in posts.Skip(1)) await post.FailsWithAsync<TrafficLimitExceededException>();
        await fixture.UntilAsync(ConnectionState.Faulted);
    }

    [Fact]
    public async Task A_command_that_exceeds_the_limit_behind_one_that_cannot_be_encoded_does_not_hang()
    {
        await using var fixture = new ConnectionFixture(
            o => { o.SocketCrashRequestsPerSec = 2; o.SocketAvgDuration = TimeSpan.FromSeconds(1); }, new EchoDialect { Untellable = "bad" });
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var stuck = fixture.SendAsync("stuck");
        var bad = fixture.SendAsync("bad");
        var refused = fixture.SendAsync("one too many");

        server.StuckWrites = false;

        Assert.Equal(Delivery.NotSent, (await refused.FailsWithAsync<TrafficLimitExceededException>()).Delivery);
        Assert.Equal(Delivery.NotSent, (await bad.FailsWithAsync<TrafficLimitExceededException>()).Delivery);
        Assert.Equal(Delivery.Unknown, (await stuck.FailsWithAsync<TrafficLimitExceededException>()).Delivery);
        await fixture.UntilAsync(ConnectionState.Faulted);
    }

    [Fact]
    public async Task Infinite_thresholds_disable_both()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxInFlight = int.MaxValue);
        await fixture.ReadyAsync();

        for (var i = 0; i < 5_000; i++) await fixture.PostAsync("x");

        Assert.Equal(ConnectionState.Ready, fixture.Connection.State);
        Assert.DoesNotContain(fixture.Log.Lines, line => line.Id == 60);
    }

    private static ConnectionFixture Watched(double warn, double crash = double.PositiveInfinity, Action<TestOptions>? configure = null) => new(o =>
    {
        (o.SocketWarnRequestsPerSec, o.SocketCrashRequestsPerSec, o.SocketAvgDuration) = (warn, crash, TimeSpan.FromSeconds(5));
        configure?.Invoke(o);
    });

    private static Inbox<TrafficWarning> Warnings(ConnectionFixture fixture)
    {
        var inbox = new Inbox<TrafficWarning>();
        fixture.Connection.TrafficWarnings.Subscribe(inbox);
        return inbox;
    }

    private static IEnumerable<string> Busiest(TrafficWarning warning) => warning.BusiestCommands.Select(pair => $"{pair.Key}={pair.Value}");
}
