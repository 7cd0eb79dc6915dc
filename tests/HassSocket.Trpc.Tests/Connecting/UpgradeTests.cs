using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Connecting;

public sealed class UpgradeTests
{
    [Fact]
    public async Task Headers_and_cookies_go_with_the_upgrade()
    {
        await using var board = new Board(o =>
        {
            o.Url = "https://board.test/websockets?x=1";
            o.Headers["x-trpc-source"] = "hass";
            o.Cookies["homarr.session-token"] = "token-ada";
            o.Cookies["theme"] = "dark";
        });

        var server = await board.ReadyAsync();

        Assert.Equal("wss://board.test/websockets?x=1", server.Request.Url.ToString());
        Assert.Equal(
            [new("x-trpc-source", "hass"), new("Cookie", "homarr.session-token=token-ada"), new("Cookie", "theme=dark")],
            server.Request.Headers);
    }

    [Theory]
    [InlineData("ws://board.test:3001", "ws://board.test:3001/?connectionParams=1")]
    [InlineData("ws://board.test/a?b=c%20d", "ws://board.test/a?b=c%20d&connectionParams=1")]
    public async Task Connection_params_are_announced_in_the_address_and_are_the_first_message(string url, string dialled)
    {
        await using var board = new Board(o =>
        {
            o.Url = url;
            o.ConnectionParams = new Dictionary<string, string> { ["token"] = "s\"cret", ["locale"] = "de" };
        });
        using var consumer = board.Client.Subscribe<int>("sub.clock").Subscribe(new Inbox<int>());

        var server = await board.ReadyAsync();

        Assert.Equal(dialled, server.Request.Url.AbsoluteUri);
        Assert.Equal("""{"method":"connectionParams","data":{"token":"s\"cret","locale":"de"}}""", await server.ReadAsync());
        Assert.StartsWith("""{"id":1,"method":"subscription",""", await server.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_attempt_may_bring_fresh_credentials()
    {
        var dials = 0;
        await using var board = new Board(o =>
        {
            o.Cookies["session"] = "old";
            o.OnDialing = (dial, _) =>
            {
                dial.Cookies["session"] = $"new{++dials}";
                dial.ConnectionParams = new Dictionary<string, string> { ["n"] = $"{dials}" };
                return ValueTask.CompletedTask;
            };
        });
        var server = await board.ReadyAsync();
        Assert.Equal(new("Cookie", "session=new1"), Assert.Single(server.Request.Headers));
        Assert.Equal("""{"method":"connectionParams","data":{"n":"1"}}""", await server.ReadAsync());

        server.Drop();
        server = await board.ReconnectAsync();

        Assert.Equal(new("Cookie", "session=new2"), Assert.Single(server.Request.Headers));
        Assert.Equal("""{"method":"connectionParams","data":{"n":"2"}}""", await server.ReadAsync());
    }

    [Fact]
    public async Task An_attempt_that_was_changed_into_nonsense_fails_with_a_reason_and_is_tried_again()
    {
        var isBroken = true;
        await using var board = new Board(o => o.OnDialing = (dial, _) =>
        {
            if (isBroken) dial.Headers["x-token"] = "s3cret\r\n";
            return ValueTask.CompletedTask;
        });
        var start = board.Client.StartAsync();

        var change = await board.UntilAsync(ConnectionState.Backoff);
        isBroken = false;
        await board.ReconnectAsync(change);

        Assert.Contains("Headers holds 'x-token'", change.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", $"{change.Explanation}{change.Error}", StringComparison.Ordinal);
        await start.WaitAsync(Board.Guard);
    }

    [Fact]
    public async Task Wrong_connection_params_are_told_as_the_reason()
    {
        await using var board = new Board(o => o.ConnectionParams = new Dictionary<string, string>());
        var server = await board.ReadyAsync();
        using var consumer = board.Client.Subscribe<int>("sub.clock").Subscribe(new Inbox<int>());

        server.Refuse("null", "PARSE_ERROR", "Invalid connection params shape", -32700);
        server.Close(1005);

        var change = await board.UntilAsync(ConnectionState.Backoff);
        Assert.Contains("Invalid connection params shape", change.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lazy_client_dials_when_something_wants_it_and_closes_when_nothing_does()
    {
        await using var board = new Board(o =>
        {
            o.OpenOnDemand = true;
            o.IdleCloseAfter = TimeSpan.FromSeconds(5);
        });
        await board.Client.StartAsync();
        Assert.Equal((ConnectionState.Idle, 0), (board.Client.State, board.Transports.DialCount));

        var call = board.Client.QueryAsync<int>("a");
        var server = await board.Transports.NextConnectionAsync();
        server.AnswerData(await server.ReadAsync(), "7");
        Assert.Equal(7, await call.WaitAsync(Board.Guard));
        await board.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        board.Clock.Advance(TimeSpan.FromSeconds(5));

        await server.Closed.WaitAsync(Board.Guard);
        await board.UntilAsync(ConnectionState.Idle);
    }

    [Fact]
    public async Task Connecting_gives_up_after_the_start_timeout_with_the_last_reason()
    {
        using var factory = new UnreachableServer();
        var options = new TrpcClientOptions { Url = "ws://board.test/", StartTimeout = TimeSpan.FromSeconds(30) };
        var connect = TrpcClient.ConnectAsync(options, factory.Clock, factory.Transports);
        await factory.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30));

        factory.Clock.Advance(TimeSpan.FromSeconds(30));

        var error = await Assert.ThrowsAsync<NotConnectedException>(() => connect.WaitAsync(Board.Guard));
        Assert.StartsWith("No connection within 30 s (StartTimeout).", error.Message, StringComparison.Ordinal);
    }

    private sealed class UnreachableServer : IDisposable
    {
        public UnreachableServer()
        {
            Transports = new(Clock);
            Transports.Hang(int.MaxValue);
        }

        public Testing.ManualTimeProvider Clock { get; } = new();

        public Testing.MemoryTransportFactory Transports { get; }

        public void Dispose() => Transports.Accept();
    }
}
