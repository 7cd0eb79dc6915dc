using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Fake;

/// <summary>The fake server as users' tests see it, through the real client.</summary>
public sealed class FakeServerTests
{
    [Fact]
    public async Task Queries_and_mutations_reach_their_procedures_and_bring_back_results()
    {
        await using var board = new FakeBoard();
        board.Server.OnQuery("post.byId", call => new JsonObject { ["id"] = call.Input.GetProperty("id").GetInt32(), ["name"] = "Ada" });
        board.Server.OnMutation("post.add", async call =>
        {
            await Task.Yield();
            return call.Input.GetInt32() + 1;
        });
        await board.Client.StartAsync();

        Assert.Equal(new Person(7, "Ada"), await board.Client.QueryAsync<Person>("post.byId", new { id = 7 }));
        Assert.Equal(6, await board.Client.MutateAsync<int>("post.add", 5));
        Assert.Equal(["query post.byId", "mutation post.add"], board.Server.Calls.Select(call => $"{call.Method} {call.Path}"));
    }

    [Fact]
    public async Task Undefined_is_told_from_null()
    {
        await using var board = new FakeBoard();
        board.Server.OnQuery("nothing", _ => FakeTrpcServer.Undefined);
        board.Server.OnQuery("nil", _ => null);
        await board.Client.StartAsync();

        Assert.Equal(JsonValueKind.Undefined, (await board.Client.QueryAsync(new TrpcRequest("nothing"))).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await board.Client.QueryAsync(new TrpcRequest("nil"))).ValueKind);
    }

    [Fact]
    public async Task An_error_has_its_key_number_status_path_and_details()
    {
        await using var board = new FakeBoard();
        board.Server.OnMutation("app.create", _ => throw new FakeTrpcErrorException("CONFLICT", "taken") { Details = new JsonObject { ["field"] = "name" } });
        board.Server.OnQuery("app.broken", _ => throw new InvalidOperationException("kaputt"));
        await board.Client.StartAsync();

        var taken = await Assert.ThrowsAsync<TrpcException>(() => board.Client.MutateAsync<int>("app.create"));
        Assert.Equal(("CONFLICT", -32009, 409, "app.create", "taken"), (taken.Key, taken.NumericCode, taken.HttpStatus, taken.Path, taken.ServerMessage));
        Assert.Equal("name", taken.Details.GetProperty("field").GetString());
        Assert.Equal("INTERNAL_SERVER_ERROR", (await Assert.ThrowsAsync<TrpcException>(() => board.Client.QueryAsync<int>("app.broken"))).Key);
        Assert.Equal("NOT_FOUND", (await Assert.ThrowsAsync<TrpcException>(() => board.Client.QueryAsync<int>("no.such"))).Key);
    }

    [Fact]
    public async Task Tracked_items_of_a_feed_are_neither_lost_nor_doubled_when_the_line_drops()
    {
        await using var board = new FakeBoard();
        var posts = board.Server.AddFeed("post.onAdd", isTracked: true);
        var inbox = new Inbox<int>();
        await board.Client.StartAsync();
        using var consumer = board.Client.Subscribe<int>("post.onAdd").Subscribe(inbox);
        await posts.WaitForSubscribersAsync();

        posts.Push(1);
        Assert.Equal(1, await inbox.NextAsync());
        board.Server.Faults.DropAll();
        await board.Server.Connections[0].Gone.WaitAsync(Board.Guard);
        posts.Push(2);
        await board.ReconnectAsync();
        await posts.WaitForSubscribersAsync();
        posts.Push(3);

        Assert.Equal([2, 3], await inbox.TakeAsync(2));
        Assert.Equal("1", (await board.Server.WaitForCallAsync("post.onAdd", 2)).LastEventId);
        posts.Complete();
        await inbox.Completion;
        Assert.True(inbox.IsEmpty);
    }

    [Fact]
    public async Task Leaving_a_stream_ends_the_run_of_its_subscription()
    {
        await using var board = new FakeBoard();
        var prices = board.Server.AddFeed("price.onChange");
        await board.Client.StartAsync();
        var consumer = board.Client.Subscribe<int>("price.onChange").Subscribe(new Inbox<int>());
        await prices.WaitForSubscribersAsync();
        var call = await board.Server.WaitForCallAsync("price.onChange");

        consumer.Dispose();

        await prices.WaitForSubscribersAsync(0);
        Assert.True(call.Stopped.IsCancellationRequested);
    }

    [Fact]
    public async Task A_feed_that_fails_tells_its_subscribers_why()
    {
        await using var board = new FakeBoard();
        var prices = board.Server.AddFeed("price.onChange");
        var inbox = new Inbox<int>();
        await board.Client.StartAsync();
        using var consumer = board.Client.Subscribe<int>("price.onChange").Subscribe(inbox);
        await prices.WaitForSubscribersAsync();

        prices.Fail(new FakeTrpcErrorException("FORBIDDEN"));

        Assert.Equal("FORBIDDEN", (await Assert.ThrowsAsync<TrpcException>(() => inbox.Completion)).Key);
    }

    [Fact]
    public async Task A_broadcast_makes_the_client_connect_anew_without_a_gap()
    {
        await using var board = new FakeBoard();
        var posts = board.Server.AddFeed("post.onAdd", isTracked: true);
        var inbox = new Inbox<int>();
        await board.Client.StartAsync();
        using var consumer = board.Client.Subscribe<int>("post.onAdd").Subscribe(inbox);
        await posts.WaitForSubscribersAsync();
        posts.Push(1);
        Assert.Equal(1, await inbox.NextAsync());

        board.Server.BroadcastReconnect();
        await board.Clock.WaitForTimersAsync(timers => timers.Any(due => due <= TimeSpan.FromSeconds(1)));
        board.Clock.Advance(TimeSpan.FromSeconds(1));
        await board.Server.WaitForCallAsync("post.onAdd", 2);
        posts.Push(2);

        Assert.Equal(2, await inbox.NextAsync());
        await board.Server.Connections[0].Gone.WaitAsync(Board.Guard);
        Assert.True(board.Server.Connections[1].IsOpen);
    }

    [Theory]
    [InlineData(false, """{"\ud83d":"\ud83d"}""")]
    [InlineData(true, """{"json":{"\ud83d":"\ud83d"}}""")]
    public async Task Half_a_character_in_an_input_does_not_silence_the_connection(bool isSuperJson, string input)
    {
        await using var server = new FakeTrpcServer(new FakeTrpcServerOptions { SuperJson = isSuperJson });
        server.OnQuery("length", call => call.RawInput.GetRawText().Length);
        await using var client = await server.Transports.ConnectAsync(new UpgradeRequest(server.Url), default);

        var answer = await AskAsync(client, $$$"""{"id":1,"method":"query","params":{"path":"length","input":{{{input}}},"lastEventId":"a"}}""");
        var refusal = await AskAsync(client, """{"id":2,"method":"query","params":{"path":"\ud83d","input":{}}}""");

        Assert.StartsWith("""{"id":1,"result":{"type":"data","data":""", answer, StringComparison.Ordinal);
        Assert.Contains("PARSE_ERROR", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Superjson_tags_dates_and_numbers_that_are_none()
    {
        await using var board = new FakeBoard(new FakeTrpcServerOptions { SuperJson = true }, options => options.Transformer = TrpcTransformer.SuperJson);
        var noon = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);
        board.Server.OnQuery("meter.read", _ => new JsonObject { ["at"] = noon, ["a.b"] = new JsonArray(double.NaN), ["gone"] = FakeTrpcServer.Undefined });
        board.Server.OnQuery("meter.day", call => call.Input.GetProperty("day").GetString());
        await board.Client.StartAsync();

        var read = Assert.IsType<Dictionary<string, object?>>(await board.Client.QueryAsync<object>("meter.read"));
        Assert.Equal(noon, read["at"]);
        Assert.Equal([double.NaN], Assert.IsType<List<object?>>(read["a.b"]));
        Assert.Equal(JsUndefined.Value, read["gone"]);
        Assert.Equal("2024-02-29T12:00:00.000Z", await board.Client.QueryAsync<string>("meter.day", new { day = noon }));
        Assert.Equal("Date", (await board.Server.WaitForCallAsync("meter.day")).RawInput.GetProperty("meta").GetProperty("values").GetProperty("day")[0].GetString());
    }

    [Fact]
    public async Task Cookies_headers_and_params_are_seen_before_a_connection_is_admitted()
    {
        await using var board = new FakeBoard(configure: options =>
        {
            options.Cookies["session"] = "abc";
            options.Cookies["theme"] = "dark";
            options.Headers["X-Board"] = "home";
            options.ConnectionParams = new Dictionary<string, string> { ["token"] = "t1" };
        });
        board.Server.OnConnect(connection => connection.ConnectionParams["token"] == "t1"
            ? Task.CompletedTask
            : throw new FakeTrpcErrorException("UNAUTHORIZED"));
        board.Server.OnQuery("who", call => $"{call.Connection.Cookies["session"]} {call.Connection.Cookies["theme"]} {call.Connection.Headers["x-board"]}");
        await board.Client.StartAsync();

        Assert.Equal("abc dark home", await board.Client.QueryAsync<string>("who"));
    }

    [Fact]
    public async Task A_rejected_session_is_the_reason_of_what_was_asked()
    {
        await using var board = new FakeBoard();
        board.Server.Faults.RejectWith = new FakeTrpcErrorException("UNAUTHORIZED", "session expired");
        var start = board.Client.StartAsync();

        var change = await board.UntilAsync(ConnectionState.Backoff);

        Assert.Contains("session expired", change.Explanation, StringComparison.Ordinal);
        board.Server.Faults.RejectWith = null;
        await board.ReconnectAsync();
        await start.WaitAsync(Board.Guard);
    }

    private static async Task<string> AskAsync(ITransport client, string message)
    {
        var answer = new ArrayBufferWriter<byte>();
        await client.SendAsync(Encoding.UTF8.GetBytes(message));
        Assert.True(await client.ReceiveAsync(answer).AsTask().WaitAsync(Board.Guard));
        return Encoding.UTF8.GetString(answer.WrittenSpan);
    }
}
