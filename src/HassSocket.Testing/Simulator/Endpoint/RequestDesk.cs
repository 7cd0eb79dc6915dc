using Microsoft.AspNetCore.Http;

namespace HassSocket.Testing.Simulator;

/// <summary>Answers what comes in over HTTP: the upgrade to a WebSocket, and the few addresses beside it.</summary>
internal sealed class RequestDesk(House house, SimulatedFaults faults)
{
    private const string NoUpgrade = "No WebSocket UPGRADE hdr: None\n Can \"Upgrade\" only to \"WebSocket\".";

    private readonly TokenDesk _tokens = new(house);
    private readonly ApiDesk _api = new(house);

    public async Task ServeAsync(HttpContext context)
    {
        await house.Lifecycle.Awake.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        if (house.Lifecycle.IsDown || faults.RefuseConnections) context.Abort();
        else await AnswerAsync(context).ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/api/websocket" => ServeSocketAsync(context),
        "/auth/token" => ServePostAsync(context, _tokens.ServeTokenAsync),
        "/auth/revoke" => ServePostAsync(context, _tokens.ServeRevokeAsync),
        { } path when path.StartsWith("/api/", StringComparison.Ordinal) => _api.ServeAsync(context),
        _ => HttpText.SayAsync(context, StatusCodes.Status404NotFound),
    };

    private static Task ServePostAsync(HttpContext context, Func<HttpContext, Task> serve) => HttpMethods.IsPost(context.Request.Method)
        ? serve(context)
        : HttpText.SayAsync(context, StatusCodes.Status405MethodNotAllowed);

    private async Task ServeSocketAsync(HttpContext context)
    {
        if (faults.UpgradeStatus is { } status)
        {
            await HttpText.SayAsync(context, (int)status).ConfigureAwait(false);
        }
        else if (!HttpMethods.IsGet(context.Request.Method))
        {
            await HttpText.SayAsync(context, StatusCodes.Status405MethodNotAllowed).ConfigureAwait(false);
        }
        else if (!Upgrade.IsAsked(context))
        {
            await HttpText.SayAsync(context, StatusCodes.Status400BadRequest, NoUpgrade).ConfigureAwait(false);
        }
        else
        {
            await Upgrade.ServeAsync(context, ServerConnection.LongestMessage, house.ServeAsync).ConfigureAwait(false);
        }
    }
}
