using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>Services, fast and slow, with and without a response.</summary>
internal static class ServiceChecks
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public static IEnumerable<Check> All =>
    [
        new("a service without a response", PlainAsync),
        new("a service with a response", ResponseAsync),
        new("a script with a response", ScriptAsync),
        new("a slow script beside fast calls", BesideAsync),
        new("a slow script that is not waited for", TimeoutAsync),
        new("a caller who gives up", CancelledAsync),
    ];

    private static async Task PlainAsync(Visit visit, CancellationToken token)
    {
        await visit.Lamp.OffAsync(visit.Client, token);
        Expect.Equal("off", (await visit.Lamp.StateAsync(visit.Client, token)).State);
        // Entities that nobody knows are passed over in silence.
        await visit.Client.CallServiceAsync("light", "turn_on", Target.Entity($"light.{Visit.NameOf("nowhere")}"), token);
    }

    private static async Task ResponseAsync(Visit visit, CancellationToken token)
    {
        var services = await visit.Client.GetServicesAsync(token);
        if (services.Find("weather", "get_forecasts") is null) throw new NotApplicableException("the server has no weather.get_forecasts");
        var states = await visit.Client.GetStatesAsync(token);
        if (states.All(state => state.EntityId != visit.Settings.Weather))
            throw new NotApplicableException($"the server has no {visit.Settings.Weather}; name a weather with --weather");
        var forecasts = await visit.Client.CallServiceWithResponseAsync(
            "weather", "get_forecasts", new JsonObject { ["type"] = "daily" }, Target.Entity(visit.Settings.Weather), token);
        var days = forecasts.Response?.GetProperty(visit.Settings.Weather).GetProperty("forecast");
        Expect.That(days?.GetArrayLength() > 0);
        Expect.That(days?[0].TryGetProperty("datetime", out _) == true);
    }

    private static async Task ScriptAsync(Visit visit, CancellationToken token)
    {
        var sequence = new JsonArray(
            new JsonObject { ["variables"] = new JsonObject { ["answer"] = new JsonObject { ["n"] = 42 } } },
            new JsonObject { ["stop"] = "done", ["response_variable"] = "answer" });
        var result = await visit.Client.SendMessageAsync("execute_script", new JsonObject { ["sequence"] = sequence }, token);
        Expect.Equal(42, result.GetProperty("response").GetProperty("n").GetInt32());
    }

    private static async Task BesideAsync(Visit visit, CancellationToken token)
    {
        var start = Stopwatch.GetTimestamp();
        var slow = RunSlowlyAsync(visit.Client, token);
        for (var i = 0; i < 20; i++)
        {
            await visit.Client.PingAsync(cancellationToken: token);
            await visit.Lamp.OnAsync(visit.Client, 100 + i, token);
        }

        Expect.Equal(119, Lamp.BrightnessOf(await visit.Lamp.StateAsync(visit.Client, token)));
        Expect.That(!slow.IsCompleted);
        await slow;
        // The server's clock is another one than ours.
        Expect.That(Stopwatch.GetElapsedTime(start) > Slow * 0.9);
    }

    private static async Task TimeoutAsync(Visit visit, CancellationToken token)
    {
        var timeout = await Expect.ThrowsAsync<ResponseTimeoutException>(RunSlowlyAsync(visit.Client, token, TimeSpan.FromSeconds(0.5)));
        Expect.Equal(Delivery.Unknown, timeout.Delivery);
        // Its late answer meets nobody, and hurts nobody.
        await Task.Delay(Slow, token);
        await visit.Client.PingAsync(cancellationToken: token);
    }

    private static async Task CancelledAsync(Visit visit, CancellationToken token)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(token);
        var slow = RunSlowlyAsync(visit.Client, cancel.Token);
        await visit.Client.PingAsync(cancellationToken: token);
        await cancel.CancelAsync();
        var end = await Expect.ThrowsAsync<OperationCanceledException>(slow);
        Expect.Equal(cancel.Token, end.CancellationToken);
        await visit.Client.PingAsync(cancellationToken: token);
    }

    /// <summary>Runs a script that only takes its time.</summary>
    public static Task<JsonElement> RunSlowlyAsync(IHassSocket socket, CancellationToken token, TimeSpan? patience = null)
    {
        var delay = new JsonObject { ["delay"] = new JsonObject { ["seconds"] = (int)Slow.TotalSeconds } };
        var script = new RawCommand("execute_script", new JsonObject { ["sequence"] = new JsonArray(delay) }) { ExpectResponseAfter = patience };
        return socket.SendMessageAsync(script, token);
    }
}
