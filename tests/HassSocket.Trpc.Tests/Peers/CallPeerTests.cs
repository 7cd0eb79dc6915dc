using System.Text.Json;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>Queries and mutations at real servers.</summary>
public sealed class CallPeerTests(TrpcPeer peer) : IClassFixture<TrpcPeer>
{
    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task Queries_and_mutations_are_answered(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();

        Assert.Equal("Hello, Ada (36)", await client.QueryAsync<string>("greet", new { name = "Ada", age = 36 }));
        Assert.Equal(1, await client.MutateAsync<int>("add", "key"));
        Assert.Equal(2, await client.MutateAsync<int>("add", "key"));
        Assert.Equal(2, await server.RunsAsync("key"));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task Undefined_and_null_are_told_apart(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();

        Assert.Equal(JsonValueKind.Undefined, (await client.QueryAsync(new TrpcRequest("undefined"))).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await client.QueryAsync(new TrpcRequest("null"))).ValueKind);
        Assert.Equal(JsonValueKind.Undefined, (await client.QueryAsync(new TrpcRequest("echo"))).ValueKind);
        Assert.Equal(JsonValueKind.Null, (await client.QueryAsync(new TrpcRequest("echo").WithInput(null!, Models.Default.Name))).ValueKind);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task Any_text_comes_back_as_it_left(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var text = "ü 🏠 \u2028 \u0000 \" \\ " + new string('x', 300_000);

        Assert.Equal(text, await client.QueryAsync<string>("echo", text));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_thousand_calls_at_once_are_each_given_their_own_answer(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync(o => o.SocketCrashRequestsPerSec = double.PositiveInfinity);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.QueryAsync<int>("echo", i))).WaitAsync(Board.Guard);

        Assert.Equal(Enumerable.Range(0, 1000), answers);
    }

    [Fact]
    public async Task Calls_of_a_batch_that_is_too_large_for_the_server_are_sent_singly_and_run_once()
    {
        await using var server = await peer.StartAsync(TrpcPeer.Newest, maxBatchSize: 2);
        var mayDial = new TaskCompletionSource();
        await using var client = await server.ConnectAsync(o =>
        {
            o.OpenOnDemand = true;
            o.OnDialing = async (_, _) => await mayDial.Task;
            o.SocketCrashRequestsPerSec = double.PositiveInfinity;
        });

        // They wait together for the connection, so they leave together.
        var answers = Task.WhenAll(Enumerable.Range(0, 500).Select(_ => client.MutateAsync<int>("add", "all")));
        mayDial.SetResult();

        Assert.Equal(Enumerable.Range(1, 500), (await answers.WaitAsync(Board.Guard)).Order());
        Assert.Contains(await server.ReceivedAsync(), message => message.StartsWith('['));
        Assert.Equal(500, await server.RunsAsync("all"));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_mutation_that_may_have_run_is_never_sent_again(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var mutation = client.MutateAsync<int>("hold", "once");
        await server.NoteAsync("holding");

        await server.DoAsync("restart");

        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => mutation.WaitAsync(Board.Guard));
        Assert.Equal(Delivery.Unknown, lost.Delivery);
        Assert.Equal(1, await client.MutateAsync<int>("add", "after"));
        Assert.Equal(1, await server.RunsAsync("once"));
        Assert.Single(await server.ReceivedAsync("\"hold\""));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_cancelled_call_is_abandoned_and_harms_no_other(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        using var abandon = new CancellationTokenSource();
        var mutation = client.MutateAsync<int>("hold", "cancelled", abandon.Token);
        await server.NoteAsync("holding");

        await abandon.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mutation.WaitAsync(Board.Guard));
        await server.DoAsync("release");
        Assert.Equal(7, await client.QueryAsync<int>("echo", 7));
    }
}
