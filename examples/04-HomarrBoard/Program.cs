using HassSocket.Trpc;
using HomarrBoard;

// A board of live values over tRPC, as Homarr has it: superjson, a session cookie, subscriptions. The server lives in this program.
await using var homarr = await Homarr.OpenAsync();
await using var client = new TrpcClient(new TrpcClientOptions
{
    Url = homarr.Url,
    Transformer = TrpcTransformer.SuperJson,
    Cookies = { ["homarr.session-token"] = homarr.Session },
});

var board = new Board(client, $"A simulated Homarr at {homarr.Url}");
board.Add<EntityState>("Desk lamp", "widget.smartHome.subscribeEntityState", lamp => lamp.State);
board.Add<SystemHealth>("Server", "widget.healthMonitoring.subscribe", health => $"CPU {health.CpuUtilization:0} %, memory {health.MemoryUtilization:0} %");
board.Add<CronJob>("Cron job", "cronJobs.subscribeToStatusUpdates", job => $"{job.Name} {job.Status}, {job.LastExecutionTimestamp.ToLocalTime():HH:mm:ss}");
board.Add<Download>("Download", "widget.downloads.subscribe", file => $"{file.Name} {file.Progress:0} %");
board.AddTracked<Notification>("Notification", "widget.notifications.subscribe", news => news.Text);

using var end = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    end.Cancel();
};
await client.StartAsync();
var happening = homarr.LiveAsync(end.Token);
await board.PaintAsync(args.Contains("--watch") ? WatchAsync() : StoryAsync());
end.Cancel();
await happening;
return board.End();

// Each act is long enough to be watched.
async Task StoryAsync()
{
    await ActAsync("All values are live.", () => Task.CompletedTask);
    await ActAsync("The line was cut for a while; nothing that is tracked is lost.", homarr.CutLineAsync);
    await ActAsync("The server asked to reconnect: the new socket opens first.", homarr.AskToReconnectAsync);
}

async Task WatchAsync()
{
    while (!end.IsCancellationRequested) await StoryAsync();
}

async Task ActAsync(string news, Func<Task> act)
{
    if (end.IsCancellationRequested) return;
    board.Tell(news);
    await act();
    await Task.Delay(TimeSpan.FromSeconds(3), end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
