using System.Text.Json;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Client;

public sealed class CallTests
{
    private static readonly TimeSpan Guard = Board.Guard;

    [Fact]
    public async Task A_query_goes_out_as_the_reference_client_sends_it_and_its_answer_is_read()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();

        var person = board.Client.QueryAsync<Person>("user.byId", new { id = 5, text = "d'accord ✓" });
        var request = await server.ReadAsync();
        server.AnswerData(request, """{"id":5,"name":"Ada"}""");

        Assert.Equal("""{"id":1,"method":"query","params":{"path":"user.byId","input":{"id":5,"text":"d'accord ✓"}}}""", request);
        Assert.Equal(new Person(5, "Ada"), await person.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_mutation_without_input_has_no_input_member()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();

        var count = board.Client.MutateAsync<int>("app.add");
        var request = await server.ReadAsync();
        server.AnswerData(request, "7");

        Assert.Equal("""{"id":1,"method":"mutation","params":{"path":"app.add"}}""", request);
        Assert.Equal(7, await count.WaitAsync(Guard));
    }

    [Fact]
    public async Task Calls_by_type_information_need_no_reflection()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();

        var request = new TrpcRequest("user.byName").WithInput(new Name("Ada"), Models.Default.Name);
        var query = board.Client.QueryAsync(request, Models.Default.Person);
        var sent = await server.ReadAsync();
        server.AnswerData(sent, """{"id":5,"name":"Ada"}""");
        var mutation = board.Client.MutateAsync(request, Models.Default.Person);
        server.AnswerData(await server.ReadAsync(), """{"id":6,"name":"Ada"}""");

        Assert.Equal("""{"id":1,"method":"query","params":{"path":"user.byName","input":{"text":"Ada"}}}""", sent);
        Assert.Equal(5, (await query.WaitAsync(Guard))!.Id);
        Assert.Equal(6, (await mutation.WaitAsync(Guard))!.Id);
    }

    [Fact]
    public async Task Null_as_input_is_not_the_same_as_none()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();

        _ = board.Client.QueryAsync(new TrpcRequest("greet.echo").WithInput(null!, Models.Default.Name));

        Assert.Equal("""{"id":1,"method":"query","params":{"path":"greet.echo","input":null}}""", await server.ReadAsync());
    }

    [Fact]
    public async Task Undefined_is_told_from_null_where_the_type_can_say_so()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var (undefined, nothing) = (board.Client.QueryAsync(new TrpcRequest("a")), board.Client.QueryAsync(new TrpcRequest("b")));
        server.Answer(await server.ReadAsync(), "\"type\":\"data\"");
        server.Answer(await server.ReadAsync(), "\"type\":\"data\",\"data\":null");
        var (text, number, nullable) = (board.Client.QueryAsync<string>("c"), board.Client.QueryAsync<int>("d"), board.Client.QueryAsync<int?>("e"));
        for (var i = 0; i < 3; i++) server.Answer(await server.ReadAsync(), "\"type\":\"data\"");

        Assert.Equal(JsonValueKind.Undefined, (await undefined.WaitAsync(Guard)).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await nothing.WaitAsync(Guard)).ValueKind);
        Assert.Null(await text.WaitAsync(Guard));
        Assert.Null(await nullable.WaitAsync(Guard));
        var error = await Assert.ThrowsAsync<ProtocolViolationException>(() => number.WaitAsync(Guard));
        Assert.Contains("undefined", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_says_whose_it_is_and_where()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();

        var person = board.Client.QueryAsync<Person>("user.byId");
        server.AnswerData(await server.ReadAsync(), """{"id":"x","name":"Ada"}""");

        var error = await Assert.ThrowsAsync<ProtocolViolationException>(() => person.WaitAsync(Guard));
        Assert.Equal(("user.byId", 1L, "$.id"), (error.Command, error.Key, error.Path));
        Assert.Equal(ConnectionState.Ready, board.Client.State);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","result":{"data":7,"type":"data"},"id":1}""")]
    [InlineData("""{"id":"1","result":{"type":"data","data":7}}""")]
    [InlineData("""{"id":1,"result":{"data":7}}""")]
    [InlineData(""" { "id" : 1 , "error" : null, "result" : { "type" : "data" , "data" : 7 } } """)]
    public async Task Answers_may_order_and_dress_their_members_in_any_way(string answer)
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();

        var number = board.Client.QueryAsync<int>("a");
        await server.ReadAsync();
        server.Send(answer);

        Assert.Equal(7, await number.WaitAsync(Guard));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("ping")]
    [InlineData("\"PING\"")]
    [InlineData("""{"id":null,"method":"something"}""")]
    [InlineData("""{"id":1,"result":{"type":"hocus"}}""")]
    [InlineData("""{"id":1,"result":7}""")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":99,"result":{"type":"data","data":7}}""")]
    [InlineData("""{"id":true,"result":{"type":"data","data":7}}""")]
    [InlineData("""{"id":[1],"result":{"type":"data","data":7}}""")]
    [InlineData("""{"id":1.5,"result":{"type":"data","data":7}}""")]
    [InlineData("""{"id":1,"result":{"type":"data","data":7}} and more""")]
    [InlineData("{\"\\ud83d\":1,\"id\":99}")]
    public async Task Odd_messages_harm_nobody(string odd)
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var number = board.Client.QueryAsync<int>("a");
        var request = await server.ReadAsync();

        server.Send(odd);
        server.AnswerData(request, "8");

        Assert.Equal(8, await number.WaitAsync(Guard));
        Assert.Equal(1, board.Transports.DialCount);
    }

    [Fact]
    public async Task A_cancelled_call_abandons_its_answer_and_sends_nothing()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        using var cancel = new CancellationTokenSource();
        var number = board.Client.QueryAsync<int>("a", cancellationToken: cancel.Token);
        var request = await server.ReadAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => number.WaitAsync(Guard));
        server.AnswerData(request, "7");
        await board.FenceAsync(server);
    }

    [Fact]
    public async Task A_mutation_whose_line_broke_is_not_sent_again_and_says_that_it_may_have_run()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var number = board.Client.MutateAsync<int>("app.add", 1);
        await server.ReadAsync();

        server.Drop();

        var error = await Assert.ThrowsAsync<ConnectionLostException>(() => number.WaitAsync(Guard));
        Assert.Equal(Delivery.Unknown, error.Delivery);
        await board.FenceAsync(await board.ReconnectAsync());
    }

    [Fact]
    public async Task An_input_that_cannot_be_written_is_told_before_anything_is_sent()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => board.Client.QueryAsync<int>("math.add", new { x = double.NaN }));

        Assert.StartsWith("'math.add' was not sent: its input cannot be written.", error.Message, StringComparison.Ordinal);
        await board.FenceAsync(server);
    }

    [Fact]
    public async Task A_call_waits_for_its_answer_as_long_as_its_request_says()
    {
        await using var board = new Board(o => o.PingInterval = TimeSpan.FromHours(1));
        var server = await board.ReadyAsync();
        var patient = board.Client.QueryAsync(new TrpcRequest("slow") { ExpectResponseAfter = TimeSpan.FromMinutes(5) });
        var usual = board.Client.QueryAsync(new TrpcRequest("usual"));
        var request = await server.ReadAsync();
        await server.ReadAsync();

        board.Clock.Advance(TimeSpan.FromSeconds(31));

        await Assert.ThrowsAsync<ResponseTimeoutException>(() => usual.WaitAsync(Guard));
        server.AnswerData(request, "7");
        Assert.Equal(7, (await patient.WaitAsync(Guard)).GetInt32());
    }

    [Fact]
    public void A_request_needs_a_path() => Assert.Throws<ArgumentException>(() => new TrpcRequest(""));
}
