using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Connecting;

public sealed class HeartbeatTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_servers_ping_is_answered_while_user_code_blocks_and_messages_are_paused()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        using var release = new ManualResetEventSlim();
        await using var consumer = board.Client.Subscribe<int>("sub.clock").SubscribeAsync((_, cancelled) =>
        {
            release.Wait(Board.Guard, cancelled);
            return Task.CompletedTask;
        });
        server.Item(server.Start(await server.ReadAsync()), "0");
        board.Client.PauseMessages = true;

        server.Send("PING");

        Assert.Equal("PONG", await server.ReadAsync());
        release.Set();
    }

    [Fact]
    public async Task A_quiet_line_is_pinged_and_a_dead_one_replaced()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        board.Clock.Advance(Quiet);
        Assert.Equal("PING", await server.ReadAsync());
        server.Send("PONG");
        await board.FenceAsync(server);
        board.Clock.Advance(Quiet);
        Assert.Equal("PING", await server.ReadAsync());

        board.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(EndReason.HeartbeatTimeout, (await board.UntilAsync(ConnectionState.Backoff)).Reason);
        Assert.True(server.Aborted);
        await board.Transports.NextConnectionAsync();
    }

    [Fact]
    public async Task A_server_that_knows_no_heartbeat_proves_its_life_by_its_parse_error()
    {
        await using var board = new Board(o => o.ExpectResponseAfter = Timeout.InfiniteTimeSpan);
        var server = await board.ReadyAsync();
        var call = board.Client.QueryAsync<int>("slow");
        var request = await server.ReadAsync();

        foreach (var words in new[] { "Unexpected token 'P', \\\"PING\\\" is not valid JSON", "Unexpected token P in JSON at position 0", "a formatter's own words" })
        {
            board.Clock.Advance(Quiet);
            Assert.Equal("PING", await server.ReadAsync());
            server.Refuse("null", "PARSE_ERROR", words, -32700);
            await board.FenceAsync(server);
        }

        board.Clock.Advance(TimeSpan.FromSeconds(15));
        server.AnswerData(request, "7");
        Assert.Equal(7, await call.WaitAsync(Board.Guard));
        Assert.DoesNotContain(board.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
        Assert.Equal(1, board.Transports.DialCount);
    }
}
