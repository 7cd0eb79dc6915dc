using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>Credentials, restarts and farewells of real servers.</summary>
public sealed class ConnectionPeerTests(TrpcPeer peer) : IClassFixture<TrpcPeer>
{
    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task Cookies_and_headers_of_the_upgrade_reach_the_procedures(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync(o =>
        {
            o.Url += "board?room=hall";
            o.Cookies["homarr.session-token"] = "token-ada";
            o.Cookies["theme"] = "dark";
            o.Headers["x-trpc-source"] = "hass";
        });

        var who = await client.QueryAsync(new TrpcRequest("who"));

        Assert.Equal("homarr.session-token=token-ada; theme=dark", who.GetProperty("cookie").GetString());
        Assert.Equal(("hass", "/board?room=hall"), (who.GetProperty("source").GetString(), who.GetProperty("url").GetString()));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.Tracking), MemberType = typeof(TrpcPeer))]
    public async Task Connection_params_reach_the_procedures_anew_after_each_reconnect(string version, bool superjson)
    {
        var dials = 0;
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync(o => o.OnDialing = (dial, _) =>
        {
            dial.ConnectionParams = new Dictionary<string, string> { ["token"] = $"t{Interlocked.Increment(ref dials)}" };
            return ValueTask.CompletedTask;
        });
        Assert.Equal("t1", await TokenAsync(client));
        await server.NoteAsync("connected");

        await server.DoAsync("restart");
        await server.NoteAsync("connected");

        Assert.NotEqual("t1", await TokenAsync(client));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_client_and_its_streams_outlive_a_restart_of_the_server(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var (inbox, states) = (new Inbox<int>(), new Inbox<SubscriptionStatus>());
        var stream = client.Subscribe<int>("live");
        using var watch = stream.StatusChanges.Subscribe(states);
        using var consumer = stream.Subscribe(inbox);
        await server.NoteAsync("began");
        await server.PublishAsync(1);
        Assert.Equal(1, await inbox.NextAsync());

        await server.DoAsync("restart");
        await server.NoteAsync("began");
        await server.PublishAsync(1);

        Assert.Equal(2, await inbox.NextAsync());
        await states.NextAsync(status => status.Gap?.Reason == GapReason.Reconnect);
        Assert.Equal(7, await client.QueryAsync<int>("echo", 7));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_lazy_client_dials_for_each_need_and_closes_when_idle(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync(o =>
        {
            o.OpenOnDemand = true;
            o.IdleCloseAfter = TimeSpan.FromMilliseconds(20);
        });
        Assert.Equal((ConnectionState.Idle, 0), (client.State, server.CountNotes("connected")));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(i, await client.QueryAsync<int>("echo", i));
            await server.NoteAsync("closed");
        }

        Assert.Equal(3, server.CountNotes("connected"));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_rejected_connection_tells_its_calls_why_and_streams_begin_when_it_is_taken(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await server.RejectAsync("UNAUTHORIZED", "session locked");
        await using var client = new TrpcClient(server.Options());
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>("count", new { to = 3 }).Subscribe(inbox);
        var call = client.StartAsync().ContinueWith(_ => client.QueryAsync<int>("echo", 7), TaskScheduler.Default).Unwrap();

        await client.StateChanges.FirstAsync(change => change.Error is TrpcException { Key: "UNAUTHORIZED", ServerMessage: "session locked" });
        await server.RejectAsync(null);

        Assert.Equal([1, 2, 3], await inbox.TakeAsync(3));
        // It was in flight when the server hung up, or waited for the connection that was taken.
        try
        {
            Assert.Equal(7, await call.WaitAsync(Board.Guard));
        }
        catch (TrpcException error)
        {
            Assert.Equal(("UNAUTHORIZED", "session locked"), (error.Key, error.ServerMessage));
        }
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task Stopping_says_goodbye_and_starting_goes_on(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>("live").Subscribe(inbox);
        await server.NoteAsync("began");

        await client.StopAsync();
        const int NoStatus = 1005;
        Assert.Contains((await server.NoteAsync("closed")).GetInt32(), new[] { 1000, NoStatus });
        await client.StartAsync().WaitAsync(Board.Guard);
        await server.NoteAsync("began");
        await server.PublishAsync(1);

        Assert.Equal(1, await inbox.NextAsync());
    }

    private static async Task<string?> TokenAsync(TrpcClient client) =>
        (await client.QueryAsync(new TrpcRequest("who"))).GetProperty("params").GetProperty("token").GetString();
}
