using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Subscriptions;

public sealed class SnapshotTests
{
    private static readonly StreamOptions Small = new() { Capacity = 1 };

    [Fact]
    public async Task The_first_item_of_each_session_is_marked_as_a_fresh_base()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = Snapshot(fixture).Subscribe(inbox);
        server.Answer(await server.ReadAsync());
        server.Send("1 + whole\n1 + change");
        Assert.Equal(["[whole]", "change"], [await inbox.NextAsync(), await inbox.NextAsync()]);

        server = await fixture.ReconnectAsync(server);
        server.Answer(await server.ReadAsync());
        server.Send("1 + whole\n1 + change");

        Assert.Equal(["[whole]", "change"], [await inbox.NextAsync(), await inbox.NextAsync()]);
    }

    [Fact]
    public async Task After_a_pause_with_misses_it_is_asked_for_again()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = Snapshot(fixture);
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        server.Answer(await server.ReadAsync());
        server.Send("1 + whole");
        Assert.Equal("[whole]", await inbox.NextAsync());

        fixture.Connection.PauseMessages = true;
        server.Send("1 + missed");
        await UntilMissedAsync(fixture, server);
        fixture.Connection.PauseMessages = false;

        await RenewedAsync(server, 1);
        server.Send("5 + whole again\n5 =\n5 + change\n1 + late");
        Assert.Equal(["[whole again]", "change"], [await inbox.NextAsync(), await inbox.NextAsync()]);
        Assert.Empty(await fixture.SentAsync(server));
        Assert.Equal(SubscriptionState.Active, stream.Status.State);
        Assert.False(inbox.TryNext(out _));
    }

    [Fact]
    public async Task After_a_pause_without_misses_it_goes_on()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var consumer = Snapshot(fixture).Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync());
        await fixture.SentAsync(server);

        fixture.Connection.PauseMessages = true;
        fixture.Connection.PauseMessages = false;

        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task A_base_that_was_missed_before_the_answer_is_asked_for_again()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = Snapshot(fixture).Subscribe(inbox);
        Assert.Equal("1 sub news", await server.ReadAsync());
        fixture.Connection.PauseMessages = true;
        server.Send("1 + missed");
        await UntilMissedAsync(fixture, server);

        fixture.Connection.PauseMessages = false;

        await RenewedAsync(server, 1);
        server.Send("5 =\n5 + whole");
        Assert.Equal("[whole]", await inbox.NextAsync());
    }

    [Fact]
    public async Task After_drops_it_is_asked_for_again()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = Snapshot(fixture).With(Small);
        using var slow = new BlockingObserver();
        using var consumer = stream.Subscribe(slow);
        server.Answer(await server.ReadAsync());
        server.Send("1 + whole");
        await slow.Entered;
        server.Send("1 + b\n1 + c");
        await fixture.SentAsync(server);

        slow.Release();

        Assert.Equal(["[whole]", "c"], [await slow.Inbox.NextAsync(), await slow.Inbox.NextAsync()]);
        Assert.Equal(["3 stop 1", "4 sub news"], await server.ReadLinesAsync(2));
        server.Send("4 =\n3 =\n4 + whole again");
        Assert.Equal("[whole again]", await slow.Inbox.NextAsync());
        Assert.Equal(1, stream.Status.Gap!.Count);
    }

    [Fact]
    public async Task What_was_left_meanwhile_is_not_asked_for_again()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        using var slow = new BlockingObserver();
        var consumer = Snapshot(fixture).With(Small).Subscribe(slow);
        server.Answer(await server.ReadAsync());
        server.Send("1 + whole");
        await slow.Entered;
        server.Send("1 + b\n1 + c");
        await fixture.SentAsync(server);

        consumer.Dispose();
        slow.Release();
        Assert.Equal("[whole]", await slow.Inbox.NextAsync());

        Assert.Equal(["3 stop 1"], await fixture.SentAsync(server));
    }

    private static LiveStream<string> Snapshot(ConnectionFixture fixture) =>
        fixture.Connection.Subscribe(new TextSource("news") { Share = SubscriptionSharing.Snapshot });

    private static async Task UntilMissedAsync(ConnectionFixture fixture, MemoryConnection server)
    {
        var fence = fixture.Connection.Subscribe(new TextSource("fence"));
        using var consumer = fence.Subscribe(new Inbox<string>());
        Assert.Equal("2 sub fence", await server.ReadAsync());
        server.Send("2 =");
        await fence.UntilAsync(SubscriptionState.Active);
        consumer.Dispose();
        Assert.Equal("3 stop 2", await server.ReadAsync());
        server.Send("3 =");
    }

    private static async Task RenewedAsync(MemoryConnection server, int old) =>
        Assert.Equal([$"4 stop {old}", "5 sub news"], await server.ReadLinesAsync(2));
}
