using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace HassSocket.Live.Checks;

/// <summary>Very much at once.</summary>
internal static class LoadChecks
{
    private const int Many = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    public static IEnumerable<Check> All =>
    [
        new($"{Many:N0} commands at once", ManyCommandsAsync),
        new("load safety: warned, stopped, and started again", LoadSafetyAsync),
    ];

    // A client that sends them all without waiting is thrown out by a real server.
    private static async Task ManyCommandsAsync(Visit visit, CancellationToken token)
    {
        await using var client = await visit.ConnectWithoutLimitsAsync(token);
        var connections = 0;
        using var count = client.OnConnect.Subscribe(_ => Interlocked.Increment(ref connections));
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => client.PingAsync(cancellationToken: token)));
        await client.GetConfigAsync(token);
        Expect.Equal(1, connections);
    }

    private static async Task LoadSafetyAsync(Visit visit, CancellationToken token)
    {
        await using var client = await visit.ConnectAsync(token, options =>
        {
            options.SocketAvgDuration = Window;
            options.SocketWarnRequestsPerSec = 20;
            options.SocketCrashRequestsPerSec = 50;
        });
        var warnings = 0;
        using var count = client.TrafficWarnings.Subscribe(_ => Interlocked.Increment(ref warnings));
        var warned = client.TrafficWarnings.FirstAsync().ToTask(token);

        var pings = Enumerable.Range(0, 100).Select(_ => client.PingAsync(cancellationToken: token)).ToArray();
        var crash = await Expect.ThrowsAsync<TrafficLimitExceededException>(Task.WhenAll(pings));
        Expect.That(crash.Rate > 50);
        Expect.Equal(50, crash.Limit);
        Expect.Equal(ConnectionState.Faulted, client.State);
        Expect.That(pings.All(ping => ping.IsCompleted));
        Expect.Equal("ping", (await warned).BusiestCommands[0].Key);

        await visit.Client.PingAsync(cancellationToken: token);
        await client.StartAsync(token);
        await Task.Delay(Window * 1.2, token); // What was sent before counts until then.
        await client.PingAsync(cancellationToken: token);
        Expect.Equal(1, warnings);
    }
}
