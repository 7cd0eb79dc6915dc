using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Subscriptions;

public sealed class PauseTests
{
    [Fact]
    public async Task Items_of_a_pause_are_missed_and_told_as_one_gap()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var statuses = new Inbox<SubscriptionStatus>();
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        server.Answer(await server.ReadAsync());
        await stream.UntilAsync(SubscriptionState.Active);
        using var watch = stream.StatusChanges.Subscribe(statuses);
        _ = await statuses.NextAsync();

        var began = fixture.Clock.GetUtcNow();
        fixture.Connection.PauseMessages = true;
        server.Send("1 + a\n1 + b\n1 + c");
        await TakenAsync(fixture, server);
        fixture.Connection.PauseMessages = true;
        fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        fixture.Connection.PauseMessages = false;
        fixture.Connection.PauseMessages = false;
        server.Send("1 + d");

        Assert.Equal("d", await inbox.NextAsync());
        Assert.Equal(new StreamGap(GapReason.Pause, began, began + TimeSpan.FromSeconds(5), 3), (await statuses.NextAsync()).Gap);
        await fixture.SentAsync(server);
        Assert.False(statuses.TryNext(out _));
        Assert.False(inbox.TryNext(out _));
    }

    [Fact]
    public async Task A_pause_without_a_miss_is_no_gap()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        using var consumer = stream.Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync());

        fixture.Connection.PauseMessages = true;
        fixture.Connection.PauseMessages = false;

        await fixture.SentAsync(server);
        Assert.Null(stream.Status.Gap);
    }

    [Fact]
    public async Task Consumers_of_one_stream_share_one_gap()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var statuses = new Inbox<SubscriptionStatus>();
        using var first = stream.Subscribe(new Inbox<string>());
        using var second = stream.Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync());
        await stream.UntilAsync(SubscriptionState.Active);
        using var watch = stream.StatusChanges.Subscribe(statuses);
        _ = await statuses.NextAsync();

        fixture.Connection.PauseMessages = true;
        server.Send("1 + a");
        await TakenAsync(fixture, server);
        fixture.Connection.PauseMessages = false;
        server.Send("1 ended");

        Assert.Equal(1, (await statuses.NextAsync()).Gap!.Count);
        Assert.Equal(SubscriptionState.Ended, (await statuses.NextAsync()).State);
    }

    [Fact]
    public async Task Items_in_mailboxes_are_held_and_come_in_order_after_the_pause()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        using var slow = new BlockingObserver();
        using var consumer = stream.Subscribe(slow);
        server.Answer(await server.ReadAsync());
        server.Send("1 + a\n1 + b\n1 + c");
        await slow.Entered;
        await fixture.SentAsync(server);

        fixture.Connection.PauseMessages = true;
        slow.Release();
        Assert.Equal("a", await slow.Inbox.NextAsync());
        server.Send("1 + missed");
        await TakenAsync(fixture, server);
        Assert.False(slow.Inbox.TryNext(out _));
        fixture.Connection.PauseMessages = false;
        server.Send("1 + d");

        Assert.Equal(["b", "c", "d"], [await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync()]);
        Assert.Equal(1, stream.Status.Gap!.Count);
    }

    [Fact]
    public async Task What_waits_under_Latest_is_discarded_and_counted()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"))
            .With(new StreamOptions { Policy = OverflowPolicy.Latest, LatestKey = "key" });
        using var slow = new BlockingObserver();
        using var consumer = stream.Subscribe(slow);
        server.Answer(await server.ReadAsync());
        server.Send("1 + a");
        await slow.Entered;
        server.Send("1 + x=1\n1 + y=1\n1 + x=2");
        await fixture.SentAsync(server);

        fixture.Connection.PauseMessages = true;
        slow.Release();
        server.Send("1 + x=3");
        await TakenAsync(fixture, server);
        fixture.Connection.PauseMessages = false;
        server.Send("1 + z=1");

        Assert.Equal(["a", "z=1"], [await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync()]);
        Assert.Equal(3, stream.Status.Gap!.Count);
    }

    [Fact]
    public async Task A_subscription_passes_a_pause_and_its_items_do_not()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);

        server.Answer(await server.ReadAsync());
        Assert.Equal(SubscriptionState.Active, (await stream.UntilAsync(SubscriptionState.Active)).State);
        server.Send("1 + missed\n1 + missed too");
        await TakenAsync(fixture, server);
        fixture.Connection.PauseMessages = false;
        server.Send("1 + a");

        Assert.Equal("a", await inbox.NextAsync());
        Assert.Equal(2, stream.Status.Gap!.Count);
    }

    [Fact]
    public async Task A_reconnect_during_a_pause_is_told_at_once_and_its_items_are_missed()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var sessions = new Inbox<ConnectedSession>();
        using var onConnect = fixture.Connection.Sessions.Subscribe(sessions);
        var states = new Inbox<ConnectionStateChange>();
        using var onState = fixture.Connection.StateChanges.Subscribe(states);
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        server.Answer(await server.ReadAsync());
        await stream.UntilAsync(SubscriptionState.Active);
        fixture.Connection.PauseMessages = true;

        server = await fixture.ReconnectAsync(server);
        server.Answer(await server.ReadAsync());
        server.Send("1 + missed");

        Assert.Equal(1, (await sessions.NextAsync()).Number);
        Assert.Equal(2, (await sessions.NextAsync()).Number);
        while ((await states.NextAsync()).Current != ConnectionState.Backoff) { }
        Assert.Equal(GapReason.Reconnect, (await stream.UntilAsync(status => status.Gap is not null)).Gap!.Reason);
        await TakenAsync(fixture, server);
        fixture.Connection.PauseMessages = false;
        server.Send("1 + a");
        Assert.Equal("a", await inbox.NextAsync());
        Assert.Equal((GapReason.Pause, 1), (stream.Status.Gap!.Reason, stream.Status.Gap.Count));
    }

    [Fact]
    public async Task A_consumer_may_leave_and_stop_its_subscription_during_a_pause()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync());
        fixture.Connection.PauseMessages = true;

        consumer.Dispose();

        Assert.Equal("2 stop 1", await server.ReadAsync());
    }

    [Fact]
    public async Task A_stream_that_ends_during_a_pause_gives_out_what_it_held()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var slow = new BlockingObserver();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(slow);
        server.Answer(await server.ReadAsync());
        server.Send("1 + a\n1 + b");
        await slow.Entered;
        await fixture.SentAsync(server);
        fixture.Connection.PauseMessages = true;
        slow.Release();
        Assert.Equal("a", await slow.Inbox.NextAsync());

        await fixture.Connection.DisposeAsync();

        Assert.Equal("b", await slow.Inbox.NextAsync());
        await slow.Inbox.Completion;
    }

    // During a pause no command leaves; a subscription does, and its answer comes behind the items.
    private static async Task TakenAsync(ConnectionFixture fixture, Testing.MemoryConnection server)
    {
        var fence = fixture.Connection.Subscribe(new TextSource($"fence {Guid.NewGuid()}"));
        using var consumer = fence.Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync());
        await fence.UntilAsync(SubscriptionState.Active);
        consumer.Dispose();
        server.Answer(await server.ReadAsync());
    }
}
