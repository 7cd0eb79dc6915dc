using System.Text.Json.Nodes;
using HassSocket.Testing;

namespace HomarrBoard;

/// <summary>A server that looks like Homarr's from outside: things happen there all the time, and it can lose its clients.</summary>
internal sealed class Homarr : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(1.5);

    private readonly FakeTrpcServer _server = new(new FakeTrpcServerOptions { SuperJson = true });
    private readonly FakeTrpcFeed _lamp;
    private readonly FakeTrpcFeed _health;
    private readonly FakeTrpcFeed _job;
    private readonly FakeTrpcFeed _download;
    private readonly FakeTrpcFeed _notifications;

    private Homarr()
    {
        _server.OnConnect(connection => connection.Cookies.GetValueOrDefault("homarr.session-token") == Session
            ? Task.CompletedTask
            : throw new FakeTrpcErrorException("UNAUTHORIZED", "This session does not exist."));
        _lamp = _server.AddFeed("widget.smartHome.subscribeEntityState");
        _health = _server.AddFeed("widget.healthMonitoring.subscribe");
        _job = _server.AddFeed("cronJobs.subscribeToStatusUpdates");
        _download = _server.AddFeed("widget.downloads.subscribe");
        _notifications = _server.AddFeed("widget.notifications.subscribe", isTracked: true);
    }

    /// <summary>Who has this cookie is logged in.</summary>
    public string Session { get; } = Guid.NewGuid().ToString();

    public string Url => _server.Url.ToString();

    public static async Task<Homarr> OpenAsync()
    {
        var homarr = new Homarr();
        await homarr._server.ListenAsync();
        return homarr;
    }

    /// <summary>Loses all clients without a word, and lets nobody in for a while, as a line that is cut.</summary>
    public async Task CutLineAsync()
    {
        _server.Faults.RefuseConnections = true;
        _server.Faults.DropAll();
        await Task.Delay(Outage);
        _server.Faults.RefuseConnections = false;
    }

    /// <summary>Asks all clients to move to a new connection, as before an update.</summary>
    public Task AskToReconnectAsync()
    {
        _server.BroadcastReconnect();
        return Task.CompletedTask;
    }

    /// <summary>Lets things happen until the end.</summary>
    public async Task LiveAsync(CancellationToken end)
    {
        for (var step = 0; !end.IsCancellationRequested; step++)
        {
            if (step % 4 == 0) _lamp.Push(new JsonObject { ["entityId"] = "light.desk", ["state"] = step % 8 == 0 ? "on" : "off" });
            _health.Push(new JsonObject { ["cpuUtilization"] = 40 + 30 * Math.Sin(step / 5.0), ["memoryUtilization"] = 61 + step % 3 });
            if (step % 3 == 0) _job.Push(new JsonObject { ["name"] = "backup", ["status"] = step % 6 == 0 ? "running" : "idle", ["lastExecutionTimestamp"] = DateTimeOffset.UtcNow });
            _download.Push(new JsonObject { ["name"] = "linux.iso", ["progress"] = step % 101, ["size"] = step < 10 ? double.NaN : 4.7e9 });
            if (step % 2 == 0) _notifications.Push(new JsonObject { ["text"] = $"message {step / 2 + 1}" });
            await Task.Delay(Pace, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
