using HassSocket.Testing.Simulator;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace HassSocket.Testing.Trpc;

/// <summary>Answers what comes in over HTTP: the upgrade to a WebSocket, at any path.</summary>
internal sealed class TrpcDesk(TrpcOffice office)
{
    // What the ws package takes by default.
    private const int LongestMessage = 100 * 1024 * 1024;

    public Task ServeAsync(HttpContext context)
    {
        if (office.Faults.RefuseConnections)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        if (office.Faults.UpgradeStatus is { } status) return HttpText.SayAsync(context, (int)status);
        return Upgrade.IsAsked(context)
            ? Upgrade.ServeAsync(context, LongestMessage, socket => office.ServeAsync(socket, DialOf(context.Request)))
            : HttpText.SayAsync(context, StatusCodes.Status426UpgradeRequired);
    }

    private static TrpcDial DialOf(HttpRequest request) => TrpcDial.Of(
        new Uri(request.GetEncodedUrl()), request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? ""))));
}
