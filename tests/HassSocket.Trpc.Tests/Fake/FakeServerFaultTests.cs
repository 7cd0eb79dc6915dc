using System.Net;
using HassSocket.Testing;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Fake;

public sealed class FakeServerFaultTests
{
    [Fact]
    public async Task Dials_are_refused_or_answered_with_a_status()
    {
        await using var board = new FakeBoard();
        board.Server.Faults.UpgradeStatus = HttpStatusCode.BadGateway;
        var start = board.Client.StartAsync();

        Assert.Equal(EndReason.HttpStatus, (await board.UntilAsync(ConnectionState.Backoff)).Reason);
        (board.Server.Faults.UpgradeStatus, board.Server.Faults.RefuseConnections) = (null, true);
        await board.ReconnectAsync();
        await board.UntilAsync(change => change.Reason == EndReason.Refused);
        board.Server.Faults.RefuseConnections = false;
        await board.ReconnectAsync();
        await start.WaitAsync(Board.Guard);
    }

    [Fact]
    public async Task A_dead_line_is_noticed_by_the_client_and_replaced()
    {
        await using var board = new FakeBoard();
        board.Server.OnQuery("ping", _ => "pong");
        await board.Client.StartAsync();
        Assert.Equal("pong", await board.Client.QueryAsync<string>("ping"));

        board.Server.Connections[0].BlackHole = true;
        await board.PassAsync(TimeSpan.FromSeconds(30));
        await board.PassAsync(TimeSpan.FromSeconds(15));

        await board.UntilAsync(change => change.Reason == EndReason.HeartbeatTimeout);
        Assert.Equal("pong", await board.Client.QueryAsync<string>("ping"));
    }

    [Fact]
    public async Task A_call_whose_answer_is_kept_times_out_although_it_ran()
    {
        await using var board = new FakeBoard();
        var runs = 0;
        board.Server.OnMutation("add", _ => ++runs);
        board.Server.Faults.NeverAnswer("add");
        await board.Client.StartAsync();

        var call = board.Client.MutateAsync<int>("add");
        await board.Server.WaitForCallAsync("add");
        await board.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(Delivery.Unknown, (await Assert.ThrowsAsync<ResponseTimeoutException>(() => call)).Delivery);
        board.Server.Faults.AnswerAgain("add");
        Assert.Equal(2, await board.Client.MutateAsync<int>("add"));
    }

    [Fact]
    public async Task A_server_with_keep_alive_pings_and_drops_who_is_mute()
    {
        await using var board = new FakeBoard(
            new FakeTrpcServerOptions { PingInterval = TimeSpan.FromSeconds(10) }, options => options.PingInterval = TimeSpan.FromMinutes(10));
        await board.Client.StartAsync();
        var connection = board.Server.Connections[0];

        await board.PassAsync(TimeSpan.FromSeconds(10));
        await board.Server.Office.Log.WaitAsync(message => message.Text == "PONG", Board.Guard);
        connection.HoldsClientMessages = true;
        await board.PassAsync(TimeSpan.FromSeconds(10));
        await board.PassAsync(TimeSpan.FromSeconds(5));

        await connection.Gone.WaitAsync(Board.Guard);
        await board.UntilAsync(ConnectionState.Backoff);
    }

    [Fact]
    public async Task Everything_works_over_a_real_socket_too()
    {
        await using var server = new FakeTrpcServer();
        server.OnQuery("greet", call => $"Hello {call.Input.GetString()} {call.Connection.Cookies["session"]}");
        var feed = server.AddFeed("numbers", isTracked: true);
        await server.ListenAsync();
        await using var client = await TrpcClient.ConnectAsync(server.Url.ToString(), options =>
        {
            options.Cookies["session"] = "abc";
            options.RetryInterval = TimeSpan.FromMilliseconds(10);
        });
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>("numbers").Subscribe(inbox);

        Assert.Equal("Hello Ada abc", await client.QueryAsync<string>("greet", "Ada"));
        await feed.WaitForSubscribersAsync();
        feed.Push(1);
        Assert.Equal(1, await inbox.NextAsync());
        server.Faults.ResetAll();
        await server.Connections[0].Gone.WaitAsync(Board.Guard);
        feed.Push(2);
        Assert.Equal(2, await inbox.NextAsync());
    }

    [Fact]
    public async Task What_was_not_asked_is_told_with_what_was_asked_instead()
    {
        await using var board = new FakeBoard();
        await board.Client.StartAsync();
        await Assert.ThrowsAsync<TrpcException>(() => board.Client.QueryAsync<int>("post.byId", new { token = "secret" }));

        var told = await Assert.ThrowsAsync<TimeoutException>(() => board.Server.WaitForCallAsync("post.all", guard: TimeSpan.Zero));

        Assert.Contains("query post.byId on connection 1", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }
}
