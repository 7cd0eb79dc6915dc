using System.Text.Json.Nodes;
using HassSocket.Testing;

namespace HassSocket.Trpc.Tests.Fake;

/// <summary>The part of the recorded servers that looks like Homarr.</summary>
internal sealed class RecordedBoard(TimeProvider clock)
{
    private static readonly DateTimeOffset Past = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    public void AddTo(FakeTrpcServer server)
    {
        server.OnQuery("widget.smartHome.entityState", call => RecordedProcedures.Someone(call) is { } ? "on" : null);
        server.OnQuery("widget.weather.atLocation", _ => Weather());
        server.OnMutation("widget.smartHome.switchEntity", call =>
            RecordedProcedures.Member(call, "integrationId")!.Value.GetString() == "gone" ? throw new FakeTrpcErrorException("NOT_FOUND", "Integration not found") : true);
        server.OnSubscription("log.subscribe", LogAsync);
        server.OnSubscription("cronJobs.subscribeToStatusUpdates", _ => JobsAsync());
        server.OnSubscription("widget.smartHome.subscribeEntityState", _ => StatesAsync());
    }

    private static JsonObject Weather() => new()
    {
        ["current"] = new JsonObject { ["weathercode"] = 3, ["temperature"] = 25.47, ["windspeed"] = 11.2 },
        ["daily"] = new JsonArray(new JsonObject
        {
            ["time"] = "2025-01-01",
            ["weatherCode"] = 61,
            ["maxTemp"] = 8,
            ["minTemp"] = -1.5,
            ["sunrise"] = "2025-01-01T08:16",
            ["sunset"] = "2025-01-01T16:02",
            ["maxWindSpeed"] = 20,
            ["maxWindGusts"] = 41.4,
            ["humidity"] = FakeTrpcServer.Undefined,
        }),
    };

    private IAsyncEnumerable<JsonNode?> LogAsync(FakeTrpcCall call)
    {
        if (RecordedProcedures.Someone(call) != "admin") throw new FakeTrpcErrorException("FORBIDDEN", "Permission denied");
        var level = RecordedProcedures.Member(call, "levels") is { } levels ? levels[0].GetString() : "info";
        return EveryAsync(12, Enumerable.Range(0, 3).Select(i => new JsonObject { ["message"] = $"line {i}", ["level"] = level }));
    }

    private IAsyncEnumerable<JsonNode?> JobsAsync() => EveryAsync(
        10,
        Job("running", 0, null),
        Job("idle", 1, "success"));

    private IAsyncEnumerable<JsonNode?> StatesAsync() => EveryAsync(
        10, Enumerable.Range(0, 4).Select(i => new JsonObject { ["entityId"] = "light.desk", ["state"] = i % 2 == 0 ? "on" : "off" }));

    private static JsonObject Job(string status, int after, string? lastStatus) => new()
    {
        ["name"] = "ping",
        ["status"] = status,
        ["lastExecutionTimestamp"] = Past.AddMilliseconds(after),
        ["lastExecutionStatus"] = lastStatus,
    };

    private IAsyncEnumerable<JsonNode?> EveryAsync(int milliseconds, params IEnumerable<JsonNode?> items) => PacedAsync(TimeSpan.FromMilliseconds(milliseconds), items);

    private async IAsyncEnumerable<JsonNode?> PacedAsync(TimeSpan pace, IEnumerable<JsonNode?> items)
    {
        foreach (var item in items)
        {
            await Delay.WaitAsync(pace, clock).ConfigureAwait(false);
            yield return item;
        }

        await Delay.WaitAsync(pace, clock).ConfigureAwait(false);
    }
}
