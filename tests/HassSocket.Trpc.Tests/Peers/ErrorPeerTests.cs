using System.Text.Json;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>Errors of real servers.</summary>
public sealed class ErrorPeerTests(TrpcPeer peer) : IClassFixture<TrpcPeer>
{
    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task Every_code_of_the_version_is_told_by_its_key_number_and_status(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var codes = (await peer.AskAsync("codes", new { version })).EnumerateArray().ToArray();

        foreach (var code in codes)
        {
            var key = code.GetProperty("key").GetString()!;
            foreach (var call in new[] { client.QueryAsync<int>("fail", key), client.MutateAsync<int>("change", key) })
            {
                var error = await Assert.ThrowsAsync<TrpcException>(() => call.WaitAsync(Board.Guard));
                Assert.Equal(
                    (key, code.GetProperty("number").GetInt32(), code.GetProperty("httpStatus").GetInt32(), $"because of {key}"),
                    (error.Key, error.NumericCode, error.HttpStatus, error.ServerMessage));
            }
        }

        Assert.Equal(version == TrpcPeer.Old ? 15 : 21, codes.Length);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_wrong_input_is_refused_with_what_is_wrong_with_it(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();

        var error = await Assert.ThrowsAsync<TrpcException>(() => client.QueryAsync<string>("greet", new { name = "A", age = 36.5 }));

        Assert.Equal(("BAD_REQUEST", -32600, 400, "greet"), (error.Key, error.NumericCode, error.HttpStatus, error.Path));
        var fields = error.Details.GetProperty("fields");
        Assert.Contains("at least 2", fields.GetProperty("name")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(1, fields.GetProperty("age").GetArrayLength());
        Assert.Equal(JsonValueKind.Array, JsonDocument.Parse(error.ServerMessage).RootElement.ValueKind);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task What_is_not_there_is_not_found(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();
        var inbox = new Inbox<int>();
        using var consumer = client.Subscribe<int>("no.such").Subscribe(inbox);

        Assert.Equal("NOT_FOUND", (await Assert.ThrowsAsync<TrpcException>(() => client.QueryAsync<int>("no.such"))).Key);
        Assert.Equal("NOT_FOUND", (await Assert.ThrowsAsync<TrpcException>(() => inbox.Completion)).Key);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task One_bad_item_does_not_spoil_those_that_left_with_it(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson);
        await using var client = await server.ConnectAsync();

        var good = Enumerable.Range(0, 40).Select(i => client.QueryAsync<int>("echo", i)).ToArray();
        var bad = Enumerable.Range(0, 40).Select(_ => client.QueryAsync<int>("fail", "CONFLICT")).ToArray();
        var more = Enumerable.Range(40, 40).Select(i => client.QueryAsync<int>("echo", i)).ToArray();

        Assert.Equal(Enumerable.Range(0, 80), await Task.WhenAll([.. good, .. more]).WaitAsync(Board.Guard));
        foreach (var one in bad) Assert.Equal("CONFLICT", (await Assert.ThrowsAsync<TrpcException>(() => one)).Key);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.All), MemberType = typeof(TrpcPeer))]
    public async Task A_message_that_is_larger_than_the_server_takes_ends_the_connection_and_is_not_sent_again(string version, bool superjson)
    {
        await using var server = await peer.StartAsync(version, superjson, maxPayload: 10_000);
        await using var client = await server.ConnectAsync();

        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => client.QueryAsync<string>("echo", new string('x', 20_000)).WaitAsync(Board.Guard));

        Assert.Equal(1009, lost.CloseCode);
        Assert.Contains("maxPayload", lost.Message, StringComparison.Ordinal);
        Assert.Equal(7, await client.QueryAsync<int>("echo", 7));
        Assert.Single(await server.ReceivedAsync("echo"));
    }
}
