using System.Text.Json;
using HassSocket.Tests.Shared.Peers;
using HassSocket.Trpc.Tests.Support;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>One real tRPC server, and clients on it.</summary>
internal sealed class RealServer(Peer peer, int id, int port, bool isSuperJson) : IAsyncDisposable
{
    public string Url => $"ws://127.0.0.1:{port}/";

    /// <summary>Lets the server do something.</summary>
    public Task<JsonElement> DoAsync(string action, object? args = null) => peer.AskAsync("on", new { server = id, action, args });

    /// <summary>The next thing of that kind that the server has noted: <c>connected</c>, <c>closed</c>, <c>PING</c>, <c>PONG</c>, and what its procedures note.</summary>
    public Task<JsonElement> NoteAsync(string name) => peer.NoteAsync($"{id}:{name}");

    /// <summary>How many notes of a kind there are that were not taken.</summary>
    public int CountNotes(string name) => peer.CountNotes($"{id}:{name}");

    public Task PublishAsync(int count, params int[] cutAt) => DoAsync("publish", new { count, cutAt });

    /// <summary>How often a mutation has run with that key.</summary>
    public async Task<int> RunsAsync(string key) => (await DoAsync("runs", new { key })).GetInt32();

    /// <summary>All messages of clients which contain a text, in order.</summary>
    public async Task<string[]> ReceivedAsync(string containing = "") =>
        [.. (await DoAsync("received")).EnumerateArray().Select(text => text.GetString()!).Where(text => text.Contains(containing, StringComparison.Ordinal))];

    /// <summary>Lets every new connection fail with an error, or none any more.</summary>
    public Task RejectAsync(string? code, string? message = null) =>
        DoAsync("reject", new { rejection = code is null ? null : new { code, message } });

    /// <summary>Options for this server; reconnects are quick.</summary>
    public TrpcClientOptions Options(Action<TrpcClientOptions>? configure = null)
    {
        var options = new TrpcClientOptions
        {
            Url = Url,
            Transformer = isSuperJson ? TrpcTransformer.SuperJson : TrpcTransformer.Json,
            RetryInterval = TimeSpan.FromMilliseconds(20),
            MaxRetryInterval = TimeSpan.FromMilliseconds(100),
        };
        configure?.Invoke(options);
        return options;
    }

    /// <summary>A client that is ready.</summary>
    public async Task<TrpcClient> ConnectAsync(Action<TrpcClientOptions>? configure = null)
    {
        var client = new TrpcClient(Options(configure));
        await client.StartAsync().WaitAsync(Board.Guard);
        return client;
    }

    public async ValueTask DisposeAsync() => await DoAsync("stop");
}
