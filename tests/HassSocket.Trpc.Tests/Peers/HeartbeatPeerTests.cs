using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>Keep-alive with real servers. The server's clock is real and quick, the client's is moved by hand.</summary>
public sealed class HeartbeatPeerTests(TrpcPeer peer) : IClassFixture<TrpcPeer>
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(15);

    [Theory]
    [MemberData(nameof(TrpcPeer.Tracking), MemberType = typeof(TrpcPeer))]
    public async Task The_pings_of_the_server_are_answered_and_the_connection_stays(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson, keepAlive: new { enabled = true, pingMs = 10, pongWaitMs = 60_000 });
        await using var client = await server.ConnectAsync();

        for (var i = 0; i < 5; i++) await server.NoteAsync("PONG");

        Assert.Equal(7, await client.QueryAsync<int>("echo", 7));
        Assert.Equal((1, 0), (server.CountNotes("connected"), server.CountNotes("closed")));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task Our_pings_are_answered_by_every_version_and_the_connection_stays(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var line = await ClockedLine.ConnectAsync(server);

        for (var i = 0; i < 3; i++)
        {
            line.Clock.Advance(Quiet);
            await server.NoteAsync("PING");
            // The answer to the ping comes before that to the call.
            Assert.Equal(i, await line.Client.QueryAsync<int>("echo", i));
        }

        line.Clock.Advance(Answer);
        Assert.Equal((1, 0), (server.CountNotes("connected"), server.CountNotes("closed")));
        Assert.DoesNotContain(line.Log.Lines, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_line_that_swallows_only_the_pong_is_replaced(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var line = await ClockedLine.ConnectAsync(server);
        line.Proxy.ToClient.DropNext();

        await line.DieAsync();

        Assert.Equal(7, await line.Client.QueryAsync<int>("echo", 7));
        Assert.Equal(2, line.Dials.Count);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task Items_prove_life_where_the_line_swallows_only_the_pong(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var line = await ClockedLine.ConnectAsync(server);
        var inbox = new Inbox<int>();
        using var consumer = line.Client.Subscribe<int>("live").Subscribe(inbox);
        await server.NoteAsync("began");
        Assert.Equal(7, await line.Client.QueryAsync<int>("echo", 7));

        line.Proxy.ToClient.DropNext();
        line.Clock.Advance(Quiet);
        await server.NoteAsync("PING");
        await server.PublishAsync(1);
        Assert.Equal(1, await inbox.NextAsync());
        line.Clock.Advance(Answer);

        Assert.Equal(7, await line.Client.QueryAsync<int>("echo", 7));
        Assert.Single(line.Dials);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_line_that_swallows_our_frames_is_replaced_and_a_call_in_it_fails_as_unknown(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var line = await ClockedLine.ConnectAsync(server, o => o.ExpectResponseAfter = Timeout.InfiniteTimeSpan);
        line.Proxy.ToServer.IsBlackHole = true;
        var call = line.Client.MutateAsync<int>("add", "lost");

        await line.DieAsync();

        Assert.Equal(Delivery.Unknown, (await Assert.ThrowsAsync<ConnectionLostException>(() => call.WaitAsync(Board.Guard))).Delivery);
        Assert.Equal(7, await line.Client.QueryAsync<int>("echo", 7));
        Assert.Equal(0, await server.RunsAsync("lost"));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.Tracking), MemberType = typeof(TrpcPeer))]
    public async Task A_line_that_swallows_everything_is_replaced_and_tracked_items_go_on(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var line = await ClockedLine.ConnectAsync(server);
        var inbox = new Inbox<int>();
        using var consumer = line.Client.Subscribe<int>("tracked").Subscribe(inbox);
        await server.NoteAsync("began");
        await server.PublishAsync(1);
        Assert.Equal(1, await inbox.NextAsync());
        line.Proxy.ToServer.IsBlackHole = line.Proxy.ToClient.IsBlackHole = true;
        await server.PublishAsync(2);

        await line.DieAsync();

        Assert.Equal([2, 3], await inbox.TakeAsync(2));
    }
}
