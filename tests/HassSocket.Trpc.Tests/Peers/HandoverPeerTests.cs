using HassSocket.Testing;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>What happens when a real server asks its clients to reconnect.</summary>
public sealed class HandoverPeerTests(TrpcPeer peer) : IClassFixture<TrpcPeer>
{
    [Theory]
    [MemberData(nameof(TrpcPeer.Tracking), MemberType = typeof(TrpcPeer))]
    public async Task Tracked_items_are_neither_lost_nor_doubled_while_server_after_server_takes_over(string version, bool superjson)
    {
        const int Handovers = 5;
        const int Batch = 200;
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>("tracked").Subscribe(inbox);
        await server.NoteAsync("began");

        for (var i = 0; i < Handovers; i++)
        {
            await server.PublishAsync(Batch);
            await server.DoAsync("succeed");
            await server.PublishAsync(Batch);
            // The new run at the successor, and the end of everything at the server before.
            await server.NoteAsync("began");
            await server.NoteAsync("emptied");
        }

        await server.PublishAsync(1);
        Assert.Equal(Enumerable.Range(1, (2 * Handovers * Batch) + 1), await inbox.TakeAsync((2 * Handovers * Batch) + 1));
        Assert.True(inbox.IsEmpty);
        Assert.Equal(ConnectionState.Ready, client.State);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_mutation_in_flight_ends_on_the_old_socket_and_runs_once(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var states = new Inbox<ConnectionStateChange>();
        using var watch = client.StateChanges.Subscribe(states);
        var mutation = client.MutateAsync<int>("hold", "once");
        await server.NoteAsync("holding");
        await server.NoteAsync("connected");

        await server.DoAsync("notify");
        await server.DoAsync("notify");
        await server.NoteAsync("connected");
        Assert.Equal(7, await client.QueryAsync<int>("echo", 7));
        await server.DoAsync("release");

        Assert.Equal(1, await mutation.WaitAsync(Board.Guard));
        await server.NoteAsync("closed");
        Assert.Equal(1, await server.RunsAsync("once"));
        Assert.Equal(ConnectionState.Ready, client.State);
        Assert.DoesNotContain(await states.TakeAsync(1), change => change.Current == ConnectionState.Backoff);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task An_untracked_stream_goes_on_with_one_socket_at_a_time(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>("live").Subscribe(inbox);
        await server.NoteAsync("began");

        await server.DoAsync("succeed");
        await server.NoteAsync("began");
        await server.NoteAsync("emptied");
        await server.PublishAsync(3);

        Assert.Equal([1, 2, 3], await inbox.TakeAsync(3));
        Assert.True(inbox.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_successor_that_cannot_open_changes_nothing(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var line = await ClockedLine.ConnectAsync(server);
        var inbox = new Inbox<int>();
        using var consumer = line.Client.Subscribe<int>("live").Subscribe(inbox);
        await server.NoteAsync("began");
        line.Proxy.AnswerNext(DialAnswer.HangUp);

        line.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.DoAsync("notify");
        await line.Log.WaitForAsync(21);
        await server.PublishAsync(1);

        Assert.Equal(1, await inbox.NextAsync());
        Assert.Equal(7, await line.Client.QueryAsync<int>("echo", 7));
        Assert.Equal((ConnectionState.Ready, 1), (line.Client.State, server.CountNotes("connected")));
    }
}
