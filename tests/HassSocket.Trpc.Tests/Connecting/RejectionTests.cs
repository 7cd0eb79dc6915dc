using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Connecting;

/// <summary>Servers that take the connection and then do not want it.</summary>
public sealed class RejectionTests
{
    private static readonly TimeSpan Guard = Board.Guard;

    [Fact]
    public async Task An_error_without_id_before_the_close_is_the_reason_of_every_call_in_flight()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var calls = new[] { board.Client.QueryAsync<int>("a"), board.Client.MutateAsync<int>("b") };
        await server.ReadAsync();
        await server.ReadAsync();

        server.Refuse("null", "UNAUTHORIZED", "session locked", -32001);
        server.Close(1005);

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<TrpcException>(() => call.WaitAsync(Guard));
            Assert.Equal(("UNAUTHORIZED", "session locked", -32001), (error.Key, error.ServerMessage, error.NumericCode));
        }

        var change = await board.UntilAsync(ConnectionState.Backoff);
        Assert.Equal(EndReason.ServerError, change.Reason);
        Assert.Contains("session locked", change.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_without_id_and_without_a_close_is_logged_and_fails_the_only_call_that_can_be_meant()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var call = board.Client.QueryAsync<int>("a");
        await server.ReadAsync();

        server.Refuse("null", "PARSE_ERROR", "Unknown transformation: x", -32700);

        Assert.Equal("PARSE_ERROR", (await Assert.ThrowsAsync<TrpcException>(() => call.WaitAsync(Guard))).Key);
        Assert.Contains("Unknown transformation: x", await board.Log.WaitForAsync(202), StringComparison.Ordinal);
        await board.FenceAsync(server);
        Assert.Equal(1, board.Transports.DialCount);
    }

    [Fact]
    public async Task An_error_without_id_that_several_calls_may_have_caused_fails_none()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var (one, two) = (board.Client.QueryAsync<int>("a"), board.Client.QueryAsync<int>("b"));
        var requests = new[] { await server.ReadAsync(), await server.ReadAsync() };

        server.Refuse("null", "INTERNAL_SERVER_ERROR", "note", -32603);
        foreach (var request in requests) server.AnswerData(request, "7");

        Assert.Equal(7, await one.WaitAsync(Guard));
        Assert.Equal(7, await two.WaitAsync(Guard));
    }

    [Fact]
    public async Task Subscriptions_survive_a_server_whose_database_is_down()
    {
        await using var board = new Board();
        var inbox = new Inbox<int>();
        using var consumer = board.Client.Subscribe<int>("sub.clock").Subscribe(inbox);
        var server = await board.ReadyAsync();
        await server.ReadAsync();
        server.Refuse("null", "INTERNAL_SERVER_ERROR", "database is down", -32603);
        server.Refuse("1", "INTERNAL_SERVER_ERROR", "database is down", -32603);
        server.Close(1005);

        server = await board.ReconnectAsync();
        var id = server.Start(await server.ReadAsync());
        server.Item(id, "7");

        Assert.Equal(7, await inbox.NextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_takes_and_drops_or_rejects_sees_at_most_three_connections_in_three_seconds(bool rejects)
    {
        await using var board = new Board();
        using var consumer = board.Client.Subscribe<int>("sub.clock").Subscribe(new Inbox<int>());
        var began = board.Clock.GetUtcNow();
        var server = await board.ReadyAsync();
        for (var i = 0; i < 4; i++)
        {
            if (rejects) server.Refuse("null", "UNAUTHORIZED", "session locked", -32001);
            server.Close(1005);
            server = await board.ReconnectAsync();
            await board.UntilAsync(ConnectionState.Ready);
        }

        var early = board.Transports.Dials.Where(dial => dial.At - began < TimeSpan.FromSeconds(3)).ToArray();
        Assert.True(early.Length <= 3, $"{early.Length} connections came within three seconds.");
    }

    [Fact]
    public async Task The_first_result_resets_the_waits()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        for (var i = 0; i < 4; i++)
        {
            server.Close(1005);
            server = await board.ReconnectAsync();
            await board.UntilAsync(ConnectionState.Ready);
        }

        await board.FenceAsync(server);
        server.Close(1012, "service restart");

        var change = await board.UntilAsync(ConnectionState.Backoff);
        Assert.True(change.NextAttemptIn <= TimeSpan.FromSeconds(1));
        Assert.Contains("code 1012 \"service restart\"", change.Explanation, StringComparison.Ordinal);
        Assert.Contains("restarting", change.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_that_is_larger_than_the_server_takes_is_given_up_and_not_sent_again()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var inbox = new Inbox<int>();
        using var consumer = board.Client.Subscribe<int>("sub.large", new string('x', 1_000)).Subscribe(inbox);
        await server.ReadAsync();

        server.Close(1009);

        Assert.Contains("1009", (await Assert.ThrowsAsync<ProtocolViolationException>(() => inbox.Completion)).Message, StringComparison.Ordinal);
        await board.FenceAsync(await board.ReconnectAsync());
    }

    [Theory]
    [InlineData(1002, "WebSocket protocol")]
    [InlineData(1007, "not UTF-8")]
    [InlineData(1009, "maxPayload")]
    [InlineData(1012, "restarting")]
    public async Task Close_codes_are_named_with_what_to_do(int code, string words)
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var call = board.Client.QueryAsync<int>("a");
        await server.ReadAsync();

        server.Close(code);

        var error = await Assert.ThrowsAsync<ConnectionLostException>(() => call.WaitAsync(Guard));
        Assert.Equal(code, error.CloseCode);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
