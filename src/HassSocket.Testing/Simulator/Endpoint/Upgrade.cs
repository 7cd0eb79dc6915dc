using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace HassSocket.Testing.Simulator;

/// <summary>Turns a request into a WebSocket as the real server does, and keeps hold of the bytes below it.</summary>
internal static class Upgrade
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static readonly string[] Versions = ["13", "8", "7"];

    public static bool IsAsked(HttpContext context)
        => context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)
            && Versions.Contains<string?>(context.Request.Headers.SecWebSocketVersion)
            && context.Request.Headers.SecWebSocketKey.Count == 1;

    /// <summary>Accepts the upgrade and serves the socket until it ends.</summary>
    public static async Task ServeAsync(HttpContext context, int longestMessage, Func<IServerSocket, Task> serve)
    {
        // The context is gone when its request has ended; this is not.
        var lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        var (socket, line) = await AcceptAsync(context).ConfigureAwait(false);
        using (socket) await serve(new WebSocketServerSocket(socket, line, lifetime.Abort, longestMessage)).ConfigureAwait(false);
    }

    private static async Task<(WebSocket Socket, FrameStream Line)> AcceptAsync(HttpContext context)
    {
        var deflate = DeflateOffer.Read(context.Request.Headers.SecWebSocketExtensions);
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey!);
        if (deflate is not null) headers.SecWebSocketExtensions = deflate.Answer;

        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
        var line = new FrameStream(stream);

        // No keep-alive of .NET's: its pings are not those of the real server, and it would hide a client that does not answer them.
        var options = new WebSocketCreationOptions { IsServer = true, DangerousDeflateOptions = deflate?.Options };
        return (WebSocket.CreateFromStream(line, options), line);
    }

    // The protocol asks for this hash; nothing secret hangs on it.
#pragma warning disable CA5350
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key.Trim() + Magic)));
#pragma warning restore CA5350
}
