using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace HassSocket.Testing.Simulator;

/// <summary>The house on a real socket of this machine.</summary>
internal sealed class KestrelEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(2);

    private readonly WebApplication _server;

    private KestrelEndpoint(WebApplication server) => _server = server;

    public Uri BaseUrl => new(_server.Urls.First());

    public static async Task<KestrelEndpoint> StartAsync(House house, SimulatedFaults faults, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1));
        var server = builder.Build();

        // Its pings are not those of the real server, and it would hide a client that does not answer them.
        server.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        server.Run(context => ServeAsync(house, faults, context));
        await server.StartAsync(cancellationToken).ConfigureAwait(false);
        return new KestrelEndpoint(server);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(StopWithin, TimeProvider.System);
        await _server.StopAsync(patience.Token).ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task ServeAsync(House house, SimulatedFaults faults, HttpContext context)
    {
        if (faults.RefuseConnections)
        {
            context.Abort();
        }
        else if (faults.UpgradeStatus is { } status)
        {
            context.Response.StatusCode = (int)status;
        }
        else if (context.Request.Path != "/api/websocket")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else
        {
            // The context is gone when its request has ended; this is not.
            var lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
            var accept = new WebSocketAcceptContext { DangerousEnableCompression = true };
            using var socket = await context.WebSockets.AcceptWebSocketAsync(accept).ConfigureAwait(false);
            await house.ServeAsync(new WebSocketServerSocket(socket, lifetime.Abort)).ConfigureAwait(false);
        }
    }
}
