using System.Text.Json.Nodes;
using HassSocket.Testing;

namespace TrpcConsole;

/// <summary>The server of the board: the real thing in a Node process, or a fake one in this program that behaves alike.</summary>
internal sealed class NoticeServer : IAsyncDisposable
{
    private readonly IAsyncDisposable _server;

    private NoticeServer(string url, string introduction, string whatNext, IAsyncDisposable server) =>
        (Url, Introduction, WhatNext, _server) = (url, introduction, whatNext, server);

    public string Url { get; }

    public string Introduction { get; }

    public string WhatNext { get; }

    public static async Task<NoticeServer> OpenAsync()
    {
        if (await NodeServer.StartAsync() is { } node)
            return new NoticeServer(node.Url, $"A tRPC server on Node: {NodeServer.Script}, at {node.Url}.", "Next: your own server; docs/trpc.md says how.", node);
        var fake = new FakeTrpcServer();
        AddProcedures(fake);
        await fake.ListenAsync();
        return new NoticeServer(
            fake.Url.ToString(),
            $"A tRPC server in this program, at {fake.Url}.",
            "Next: a real one: install Node, run 'npm ci --prefix tests/peers', and start again.",
            fake);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>What board.mjs has, in C#.</summary>
    private static void AddProcedures(FakeTrpcServer server)
    {
        var notices = new JsonArray();
        var feed = server.AddFeed("notice.onAdd", isTracked: true);
        Add("Welcome to the board", "the server");
        server.OnQuery("notice.list", _ => notices);
        server.OnMutation("notice.add", call => call.Input.GetProperty("text").GetString() is { Length: > 0 } text
            ? Add(text, call.Input.GetProperty("by").GetString()!)
            : throw new FakeTrpcErrorException("BAD_REQUEST", "The input is wrong.") { Details = new JsonObject { ["issues"] = new JsonArray("text: must not be empty") } });
        server.OnMutation("server.restart", call =>
        {
            _ = RestartAsync();
            return true;
        });

        JsonObject Add(string text, string by)
        {
            var notice = new JsonObject { ["id"] = notices.Count + 1, ["text"] = text, ["by"] = by };
            notices.Add(notice);
            feed.Push(notice);
            return notice;
        }

        async Task RestartAsync()
        {
            await Task.Delay(50);
            server.Faults.CloseAll(1012, "service restart");
            await Task.WhenAll(server.Connections.Select(connection => connection.Gone));
            Add("Written while nobody was connected", "the server");
        }
    }
}
