using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Client;

public sealed class LoadAndPauseTests
{
    [Fact]
    public async Task Too_much_traffic_is_refused_before_it_is_sent()
    {
        await using var board = new Board(o =>
        {
            o.SocketAvgDuration = TimeSpan.FromSeconds(1);
            o.SocketWarnRequestsPerSec = 2;
            o.SocketCrashRequestsPerSec = 3;
        });
        var warnings = new Inbox<TrafficWarning>();
        using var watch = board.Client.TrafficWarnings.Subscribe(warnings);
        await board.ReadyAsync();

        for (var i = 0; i < 3; i++) _ = board.Client.QueryAsync<int>("poll");
        var last = board.Client.QueryAsync<int>("poll");

        Assert.Equal(Delivery.NotSent, (await Assert.ThrowsAsync<TrafficLimitExceededException>(() => last.WaitAsync(Board.Guard))).Delivery);
        Assert.Equal("poll", Assert.Single((await warnings.NextAsync()).BusiestCommands).Key);
        await board.UntilAsync(ConnectionState.Faulted);
    }

    [Fact]
    public async Task A_pause_holds_calls_and_items_back_and_tells_the_gap()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var (inbox, states) = (new Inbox<int>(), new Inbox<SubscriptionStatus>());
        var stream = board.Client.Subscribe<int>("sub.clock");
        using var watch = stream.StatusChanges.Subscribe(states);
        using var consumer = stream.Subscribe(inbox);
        var id = server.Start(await server.ReadAsync());
        await board.FenceAsync(server);

        board.Client.PauseMessages = true;
        await Assert.ThrowsAsync<MessagesPausedException>(() => board.Client.QueryAsync<int>("a"));
        server.Item(id, "1");
        server.Send("PING");
        Assert.Equal("PONG", await server.ReadAsync());
        board.Client.PauseMessages = false;
        server.Item(id, "2");

        Assert.Equal(2, await inbox.NextAsync());
        Assert.Equal(GapReason.Pause, (await states.NextAsync(status => status.Gap is not null)).Gap!.Reason);
    }
}
