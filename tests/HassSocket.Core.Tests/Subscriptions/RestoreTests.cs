using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Subscriptions;

public sealed class RestoreTests
{
    [Fact]
    public async Task Subscriptions_are_restored_in_the_order_of_their_creation_before_any_command()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var topics = Enumerable.Range(0, 20).Select(i => $"topic{i}").ToList();
        var consumers = topics.ConvertAll(topic => fixture.Connection.Subscribe(new TextSource(topic)).Subscribe(new Inbox<string>()));
        await fixture.SentAsync(server);
        consumers[7].Dispose();
        await fixture.SentAsync(server);
        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);
        var waiting = fixture.SendAsync("command");

        server = await fixture.ReconnectAsync(server);

        topics.RemoveAt(7);
        var lines = await server.ReadLinesAsync(20);
        Assert.Equal(topics.Select((topic, i) => $"{i + 1} sub {topic}").Append("20 command"), lines);
        server.Answer(lines[^1]);
        await waiting.WaitAsync(ConnectionFixture.Guard);
    }

    [Fact]
    public async Task A_consumer_hears_each_item_once_across_a_reconnect()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        server.Answer(await server.ReadAsync());
        server.Send("1 + a");
        Assert.Equal("a", await inbox.NextAsync());

        var old = server;
        server = await fixture.ReconnectAsync(server);
        old.Send("1 + of the old socket");
        server.Answer(await server.ReadAsync());
        server.Send("1 + b");

        Assert.Equal("b", await inbox.NextAsync());
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task A_reconnect_is_a_gap_of_unknown_size_for_every_stream()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var streams = new[] { "a", "b" }.Select(topic => fixture.Connection.Subscribe(new TextSource(topic))).ToList();
        var statuses = new Inbox<SubscriptionStatus>();
        using var watch = streams[0].StatusChanges.Subscribe(statuses);
        foreach (var stream in streams) _ = stream.Subscribe(new Inbox<string>());
        _ = streams[0].Subscribe(new Inbox<string>());
        foreach (var request in await server.ReadLinesAsync(2)) server.Answer(request);
        await fixture.SentAsync(server);
        var lost = fixture.Clock.GetUtcNow();

        server = await fixture.ReconnectAsync(server);
        foreach (var request in await server.ReadLinesAsync(2)) server.Answer(request);

        var gap = new StreamGap(GapReason.Reconnect, lost, fixture.Clock.GetUtcNow(), null);
        foreach (var stream in streams) Assert.Equal(gap, (await stream.UntilAsync(status => status.Gap is not null)).Gap);
        Assert.Equal(
            [SubscriptionState.Pending, SubscriptionState.Active, SubscriptionState.Pending, SubscriptionState.Active, SubscriptionState.Active],
            [.. await NextAsync(statuses, 5)]);
        await fixture.SentAsync(server);
        Assert.False(statuses.TryNext(out _));
    }

    [Fact]
    public async Task What_the_server_can_resume_goes_on_behind_its_last_item_without_a_gap()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news") { Share = SubscriptionSharing.PerConsumer });
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        server.Answer(await server.ReadAsync(), "started");
        server.Send("1 + t1:a");
        server.Send("1 + t2:b");
        Assert.Equal(["a", "b"], [await inbox.NextAsync(), await inbox.NextAsync()]);

        server = await fixture.ReconnectAsync(server);
        Assert.Equal("1 sub news after t2", await server.ReadAsync());
        server.Send("1 started");
        server.Send("1 + t3:c");

        Assert.Equal("c", await inbox.NextAsync());
        Assert.Equal(SubscriptionState.Active, stream.Status.State);
        Assert.Null(stream.Status.Gap);
    }

    [Fact]
    public async Task Statuses_replay_the_latest()
    {
        await using var fixture = new ConnectionFixture();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var early = new Inbox<SubscriptionStatus>();
        using var first = stream.StatusChanges.Subscribe(early);
        Assert.Equal(SubscriptionState.Pending, (await early.NextAsync()).State);

        var server = await fixture.ReadyAsync();
        using var consumer = stream.Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync());
        Assert.Equal(SubscriptionState.Active, (await early.NextAsync()).State);

        var late = new Inbox<SubscriptionStatus>();
        using var second = stream.StatusChanges.Subscribe(late);
        Assert.Equal(SubscriptionState.Active, (await late.NextAsync()).State);
    }

    private static async Task<List<SubscriptionState>> NextAsync(Inbox<SubscriptionStatus> inbox, int count)
    {
        var states = new List<SubscriptionState>();
        while (states.Count < count) states.Add((await inbox.NextAsync()).State);
        return states;
    }
}
