using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

public sealed class DropTests
{
    private static readonly StreamOptions SlowOptions = new() { Capacity = 2, Name = "slow" };

    [Fact]
    public async Task Drops_are_counted_and_logged_once_and_end_as_one_gap()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news")).With(SlowOptions);
        using var slow = new BlockingObserver();
        using var consumer = stream.Subscribe(slow);
        await BlockAsync(server, slow);
        var began = fixture.Clock.GetUtcNow();

        server.Send("1 + b\n1 + c\n1 + d\n1 + e\n1 + f");
        await fixture.SentAsync(server);
        Assert.Equal(3, stream.Status.Dropped);
        Assert.Null(stream.Status.Gap);
        fixture.Clock.Advance(TimeSpan.FromSeconds(3));
        slow.Release();

        var gap = (await stream.UntilAsync(status => status.Gap is not null)).Gap;
        Assert.Equal(new StreamGap(GapReason.Dropped, began, began + TimeSpan.FromSeconds(3), 3) { Consumer = "slow" }, gap);
        Assert.Equal(["a", "e", "f"], [await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync()]);
        var lines = fixture.Log.Lines.Where(line => line.Level == LogLevel.Warning && line.Text.Contains("'slow'", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Contains("too slow", lines[0].Text, StringComparison.Ordinal);
        Assert.Contains("3 items were dropped", lines[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_episode_is_a_gap_of_its_own()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news")).With(SlowOptions with { Policy = OverflowPolicy.DropNewest });
        var turn = new SemaphoreSlim(0);
        var inbox = new Inbox<string>();
        await using var consumer = stream.SubscribeAsync(async (text, _) =>
        {
            inbox.OnNext(text);
            await turn.WaitAsync(ConnectionFixture.Guard, CancellationToken.None);
        });
        server.Answer(await server.ReadAsync());

        server.Send("1 + a");
        Assert.Equal("a", await inbox.NextAsync());
        server.Send("1 + b\n1 + c\n1 + d");
        await fixture.SentAsync(server);
        turn.Release(3);
        Assert.Equal(1, (await stream.UntilAsync(status => status.Gap is not null)).Gap!.Count);
        Assert.Equal(["b", "c"], [await inbox.NextAsync(), await inbox.NextAsync()]);

        server.Send("1 + e");
        Assert.Equal("e", await inbox.NextAsync());
        server.Send("1 + f\n1 + g\n1 + h\n1 + i");
        await fixture.SentAsync(server);
        turn.Release(100);

        Assert.Equal(2, (await stream.UntilAsync(status => status.Gap!.Count == 2)).Gap!.Count);
        Assert.Equal(3, stream.Status.Dropped);
    }

    [Fact]
    public async Task A_drop_of_one_consumer_is_no_news_to_another_stream()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var plain = fixture.Connection.Subscribe(new TextSource("news"));
        var inbox = new Inbox<string>();
        using var other = plain.Subscribe(inbox);
        using var slow = new BlockingObserver();
        using var consumer = plain.With(SlowOptions).Subscribe(slow);
        await BlockAsync(server, slow);

        server.Send("1 + b\n1 + c\n1 + d\n1 + e");

        Assert.Equal(["a", "b", "c", "d", "e"],
            [await inbox.NextAsync(), await inbox.NextAsync(), await inbox.NextAsync(), await inbox.NextAsync(), await inbox.NextAsync()]);
        Assert.Equal(0, plain.Status.Dropped);
    }

    [Fact]
    public async Task Drops_and_depths_are_measured()
    {
        var house = $"house {Guid.NewGuid()}";
        await using var fixture = new ConnectionFixture(options => options.Name = house);
        using var meter = new Meters(house);
        var server = await fixture.ReadyAsync();
        using var slow = new BlockingObserver();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).With(SlowOptions).Subscribe(slow);
        await BlockAsync(server, slow);

        server.Send("1 + b\n1 + c\n1 + d\n1 + e");
        await fixture.SentAsync(server);

        Assert.Equal(2, meter.Read("hass.socket.mailbox.depth"));
        Assert.Equal(["policy=DropOldest stream=slow", "policy=DropOldest stream=slow"], meter.Tags("hass.socket.events.dropped"));
    }

    [Fact]
    public async Task Replaced_items_under_Latest_are_counted_without_a_gap()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"))
            .With(new StreamOptions { Policy = OverflowPolicy.Latest, LatestKey = "key", Name = "latest" });
        using var slow = new BlockingObserver();
        using var consumer = stream.Subscribe(slow);
        await BlockAsync(server, slow);

        server.Send("1 + x=1\n1 + y=1\n1 + x=2\n1 + x=3");
        await fixture.SentAsync(server);
        slow.Release();

        Assert.Equal(["a", "x=3", "y=1"], [await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync()]);
        Assert.Equal(2, stream.Status.Dropped);
        Assert.Null(stream.Status.Gap);
        Assert.DoesNotContain(fixture.Log.Lines, line => line.Text.Contains("too slow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_overflow_is_an_error_that_ends_the_subscription_too()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news")).With(SlowOptions with { Policy = OverflowPolicy.Fail });
        using var slow = new BlockingObserver();
        using var consumer = stream.Subscribe(slow);
        await BlockAsync(server, slow);

        server.Send("1 + b\n1 + c\n1 + d");
        var status = await stream.UntilAsync(SubscriptionState.Ended);
        slow.Release();

        Assert.IsType<StreamOverflowException>(status.Error);
        Assert.Equal(["a", "b", "c"], [await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync()]);
        await Assert.ThrowsAsync<StreamOverflowException>(() => slow.Inbox.Completion);
        Assert.Equal("2 stop 1", await server.ReadAsync());
        Assert.Equal(SubscriptionState.Ended, stream.Status.State);
        Assert.Single(fixture.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("'slow'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_overflow_of_one_consumer_leaves_the_others_of_its_stream_alone()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news")).With(SlowOptions with { Policy = OverflowPolicy.Fail });
        using var slow = new BlockingObserver();
        using var first = stream.Subscribe(slow);
        var inbox = new Inbox<string>();
        using var second = stream.Subscribe(inbox);
        await BlockAsync(server, slow);
        Assert.Equal("a", await inbox.NextAsync());

        foreach (var text in new[] { "b", "c", "d" })
        {
            server.Send($"1 + {text}");
            Assert.Equal(text, await inbox.NextAsync());
        }

        Assert.Equal(SubscriptionState.Active, stream.Status.State);
        slow.Release();
        Assert.Equal(["a", "b", "c"], [await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync()]);
        await Assert.ThrowsAsync<StreamOverflowException>(() => slow.Inbox.Completion);
        server.Send("1 + e");
        Assert.Equal("e", await inbox.NextAsync());
    }

    [Fact]
    public async Task A_status_observer_who_comes_late_hears_how_many_were_dropped()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news")).With(SlowOptions);
        using var slow = new BlockingObserver();
        using var consumer = stream.Subscribe(slow);
        await BlockAsync(server, slow);
        server.Send("1 + b\n1 + c\n1 + d\n1 + e\n1 + f");
        await fixture.SentAsync(server);

        var late = new Inbox<SubscriptionStatus>();
        using var watch = stream.StatusChanges.Subscribe(late);

        Assert.Equal(3, (await late.NextAsync()).Dropped);
    }

    private static async Task BlockAsync(MemoryConnection server, BlockingObserver slow)
    {
        server.Answer(await server.ReadAsync());
        server.Send("1 + a");
        await slow.Entered;
    }
}
