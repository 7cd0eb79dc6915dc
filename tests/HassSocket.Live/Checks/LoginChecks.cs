using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>A wrong token; it counts towards the server's ban of addresses, so it is tried once.</summary>
internal static class LoginChecks
{
    private const string Notification = "http-login";

    public static IEnumerable<Check> All => [new("a wrong token is rejected, and not tried again", WrongTokenAsync)];

    private static async Task WrongTokenAsync(Visit visit, CancellationToken token)
    {
        await using var relay = Relay.TryTo(visit.Settings.Server);
        var options = visit.Options(Visit.NameOf("not_a_token"));
        options.BaseUrl = relay?.Address ?? options.BaseUrl;
        try
        {
            await using var client = new HassSocketClient(options);
            await Expect.ThrowsAsync<AuthenticationRejectedException>(client.StartAsync(token));
            Expect.Equal(ConnectionState.Faulted, client.State);
            await Task.Delay(options.RetryInterval * 2, token);
            Expect.That(relay is null or { Dials: 1 });
        }
        finally
        {
            await DismissAsync(visit, token);
        }
    }

    // The server warns its owner of the attempt, some time after it has rejected it. It was ours.
    private static async Task DismissAsync(Visit visit, CancellationToken token)
    {
        for (var i = 0; i < 20 && !await IsThereAsync(visit, token); i++) await Task.Delay(250, token);
        var fields = new JsonObject { ["notification_id"] = Notification };
        await visit.Client.CallServiceAsync("persistent_notification", "dismiss", fields, cancellationToken: token);
        Expect.That(!await IsThereAsync(visit, token));
    }

    private static async Task<bool> IsThereAsync(Visit visit, CancellationToken token)
    {
        var notifications = await visit.Client.SendMessageAsync("persistent_notification/get", null, token);
        return notifications.EnumerateArray().Any(one => one.GetProperty("notification_id").GetString() == Notification);
    }
}
