using System.Text.Json;
using HassSocket.Testing;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Client;

public sealed class BatchTests
{
    private static readonly TimeSpan Guard = Board.Guard;

    [Fact]
    public async Task Calls_that_wait_at_the_same_time_leave_in_one_array_and_are_answered_one_by_one()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var calls = await QueueAsync(board, server, 4);

        var batch = Requests(await server.ReadAsync());
        foreach (var request in Enumerable.Reverse(batch)) server.AnswerData(request, "7");

        Assert.Equal(3, batch.Count);
        Assert.Equal([7, 7, 7], (IEnumerable<int>)await Task.WhenAll(calls).WaitAsync(Guard));
    }

    [Fact]
    public async Task After_a_batch_was_too_large_its_calls_are_sent_again_singly_and_so_is_everything_later()
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var calls = await QueueAsync(board, server, 4);
        foreach (var request in Requests(await server.ReadAsync())) RefuseBatch(server, request);

        for (var i = 0; i < 3; i++)
        {
            var request = await server.ReadAsync();
            Assert.StartsWith("{", request, StringComparison.Ordinal);
            server.AnswerData(request, "7");
        }

        Assert.Equal([7, 7, 7], (IEnumerable<int>)await Task.WhenAll(calls).WaitAsync(Guard));
        calls = await QueueAsync(board, server, 3);
        for (var i = 0; i < 2; i++) server.AnswerData(await server.ReadAsync(), "8");
        Assert.Equal([8, 8], (IEnumerable<int>)await Task.WhenAll(calls).WaitAsync(Guard));
    }

    [Fact]
    public async Task Subscriptions_of_a_batch_that_was_too_large_are_asked_for_singly()
    {
        await using var board = new Board();
        var inboxes = new[] { new Inbox<int>(), new Inbox<int>() };
        foreach (var inbox in inboxes) board.Client.Subscribe<int>("sub.clock").Subscribe(inbox);
        var server = await board.ReadyAsync();
        var batch = Requests(await server.ReadAsync());

        foreach (var request in batch) RefuseBatch(server, request);
        for (var i = 0; i < 2; i++) server.Item(server.Start(await server.ReadAsync()), "7");

        Assert.Equal(2, batch.Count);
        foreach (var inbox in inboxes) Assert.Equal(7, await inbox.NextAsync());
    }

    [Fact]
    public async Task Stops_never_travel_in_an_array()
    {
        await using var board = new Board();
        var consumers = Enumerable.Range(0, 3).Select(_ => board.Client.Subscribe<int>("sub.clock").Subscribe(new Inbox<int>())).ToArray();
        var server = await board.ReadyAsync();
        foreach (var request in Requests(await server.ReadAsync())) server.Start(request);
        await board.FenceAsync(server);
        server.StuckWrites = true;
        _ = board.Client.QueryAsync(new TrpcRequest("first"));
        _ = board.Client.QueryAsync(new TrpcRequest("second"));

        foreach (var consumer in consumers) consumer.Dispose();
        server.StuckWrites = false;

        var frames = new List<string>();
        for (var i = 0; i < 5; i++) frames.Add(await server.ReadAsync());
        Assert.Equal(3, frames.Count(frame => frame.EndsWith("\"method\":\"subscription.stop\"}", StringComparison.Ordinal)));
        Assert.DoesNotContain(frames, frame => frame.StartsWith('['));
    }

    [Fact]
    public async Task Requests_that_a_server_might_not_be_able_to_read_travel_alone()
    {
        await using var board = new Board(o => o.Transformer = new SuperJsonTransformer(SuperJsonClass.Symbol("s")));
        var server = await board.ReadyAsync();
        server.StuckWrites = true;
        for (var i = 0; i < 3; i++) _ = board.Client.QueryAsync<int>("math.add", i);
        server.StuckWrites = false;

        for (var i = 0; i < 3; i++) Assert.StartsWith("{", await server.ReadAsync(), StringComparison.Ordinal);
    }

    // The first call holds the line up; the others gather behind it.
    private static async Task<Task<int>[]> QueueAsync(Board board, MemoryConnection server, int count)
    {
        server.StuckWrites = true;
        var calls = Enumerable.Range(0, count).Select(i => board.Client.QueryAsync<int>("math.add", i)).ToArray();
        server.StuckWrites = false;
        server.AnswerData(await server.ReadAsync(), "0");
        Assert.Equal(0, await calls[0].WaitAsync(Guard));
        return calls[1..];
    }

    private static List<string> Requests(string batch) => [.. JsonDocument.Parse(batch).RootElement.EnumerateArray().Select(request => request.GetRawText())];

    private static void RefuseBatch(MemoryConnection server, string request) =>
        server.Refuse($"{Wire.IdOf(request)}", "BAD_REQUEST", "Batch call exceeds maximum size");
}
