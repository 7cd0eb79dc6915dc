using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>Subscriptions at real servers: observables, generators, tracked items.</summary>
public sealed class SubscriptionPeerTests(TrpcPeer peer) : IClassFixture<TrpcPeer>
{
    public static TheoryData<string, bool, string> Counting
    {
        get
        {
            var kinds = new TheoryData<string, bool, string>();
            foreach (var (version, superjson) in TrpcPeer.All.Select(row => row.Data))
            {
                kinds.Add(version, superjson, "count");
                if (version != TrpcPeer.Old) kinds.Add(version, superjson, "generate");
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Counting))]
    public async Task A_stream_gives_its_items_and_ends_with_the_procedure(string version, bool superjson, string path)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>(path, new { to = 500 }).Subscribe(inbox);

        Assert.Equal(Enumerable.Range(1, 500), await inbox.TakeAsync(500));
        await inbox.Completion;
    }

    [Theory]
    [MemberData(nameof(Counting))]
    public async Task A_stream_that_fails_ends_with_the_error_after_its_items(string version, bool superjson, string path)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>(path, new { to = 3, code = "CONFLICT" }).Subscribe(inbox);

        Assert.Equal([1, 2, 3], await inbox.TakeAsync(3));
        Assert.Equal("CONFLICT", (await Assert.ThrowsAsync<TrpcException>(() => inbox.Completion)).Key);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_stream_that_is_refused_ends_with_the_reason(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>("refuse", "FORBIDDEN").Subscribe(inbox);

        Assert.Equal("FORBIDDEN", (await Assert.ThrowsAsync<TrpcException>(() => inbox.Completion)).Key);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_consumer_that_leaves_at_once_ends_the_run_at_the_server(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();

        for (var i = 0; i < 20; i++) client.Subscribe<int>("live").Subscribe(new Inbox<int>()).Dispose();
        Assert.Equal(7, await client.QueryAsync<int>("echo", 7));

        // Those that were given up before they could leave never did.
        var asked = (await server.ReceivedAsync("\"subscription\"")).Length;
        Assert.InRange(asked, 1, 20);
        for (var i = 0; i < asked; i++) await server.NoteAsync("ended");
        Assert.Equal(asked, server.CountNotes("began"));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task Each_consumer_hears_what_is_published_and_leaves_by_itself(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var (one, two) = (new Inbox<int>(), new Inbox<int>());
        var first = client.Subscribe<int>("live").Subscribe(one);
        using var second = client.Subscribe<int>("live").Subscribe(two);
        await server.NoteAsync("began");
        await server.NoteAsync("began");

        await server.PublishAsync(2);
        Assert.Equal([1, 2], await one.TakeAsync(2));
        first.Dispose();
        await server.NoteAsync("ended");
        await server.PublishAsync(1);

        Assert.Equal([1, 2, 3], await two.TakeAsync(3));
        Assert.True(one.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.Tracking), MemberType = typeof(TrpcPeer))]
    public async Task Tracked_items_come_with_their_ids_and_a_later_run_begins_behind_the_last(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        await server.PublishAsync(5);
        var inbox = new Inbox<Tracked<int>>();
        client.SubscribeTracked<int>("tracked").Subscribe(inbox);
        var items = await inbox.TakeAsync(3);

        var later = new Inbox<Tracked<int>>();
        client.SubscribeTracked<int>("tracked", lastEventId: items[^1].Id).Subscribe(later);

        Assert.Equal([new("1", 1), new("2", 2), new("3", 3)], items);
        Assert.Equal([new("4", 4), new("5", 5)], await later.TakeAsync(2));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.Tracking), MemberType = typeof(TrpcPeer))]
    public async Task Ten_thousand_tracked_items_survive_three_cut_connections_in_order(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>("tracked").Subscribe(inbox);
        await server.NoteAsync("began");

        await server.PublishAsync(10_000, 2_000, 5_000, 9_000);

        Assert.Equal(Enumerable.Range(1, 10_000), await inbox.TakeAsync(10_000));
        for (var cut = 1; cut <= 3; cut++) await server.NoteAsync("began");
        Assert.Equal(4, (await server.ReceivedAsync("\"subscription\"")).Length);
        await server.PublishAsync(1);
        Assert.Equal(10_001, await inbox.NextAsync());
    }
}
