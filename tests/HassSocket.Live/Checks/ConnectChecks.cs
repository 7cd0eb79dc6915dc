using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace HassSocket.Live.Checks;

/// <summary>Coming in.</summary>
internal static class ConnectChecks
{
    public static IEnumerable<Check> All =>
    [
        new("connect and authenticate", ConnectAsync) { IsEssential = true },
        new("the server is running, and knows the light", LookAroundAsync) { IsEssential = true },
        new("a socket in one line", OneLineAsync),
        new("stop and start again", StopAndStartAsync),
    ];

    private static async Task ConnectAsync(Visit visit, CancellationToken token)
    {
        await visit.Client.StartAsync(token);
        Expect.Equal(ConnectionState.Ready, visit.Client.State);
        var connection = await visit.Client.OnConnect.FirstAsync().ToTask(token);
        Expect.Equal(1, connection.Number);
        Expect.Equal(TimeSpan.Zero, connection.GapLength);
        Expect.That(connection.ServerVersion?.Length > 0);
    }

    private static async Task LookAroundAsync(Visit visit, CancellationToken token)
    {
        visit.Config = await visit.Client.GetConfigAsync(token);
        Expect.That(visit.Config.IsRunning);
        await visit.Leftovers.BeginAsync(token);
    }

    private static async Task OneLineAsync(Visit visit, CancellationToken token)
    {
        await using var client = await HassSocketClient.ConnectAsync(visit.Settings.Server, visit.Settings.Token, cancellationToken: token);
        Expect.Equal(visit.Config.Version, (await client.GetConfigAsync(token)).Version);
    }

    private static async Task StopAndStartAsync(Visit visit, CancellationToken token)
    {
        await using var client = await visit.ConnectAsync(token);
        await client.StopAsync(token);
        Expect.Equal(ConnectionState.Stopped, client.State);
        await Expect.ThrowsAsync<NotConnectedException>(client.PingAsync(cancellationToken: token));
        await client.StartAsync(token);
        await client.PingAsync(cancellationToken: token);
    }
}
