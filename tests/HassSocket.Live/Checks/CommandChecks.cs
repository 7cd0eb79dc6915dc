using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>Every typed command that answers once; subscriptions have checks of their own.</summary>
internal static class CommandChecks
{
    public static IEnumerable<Check> All =>
    [
        new("ping", PingAsync),
        new("get_config", GetConfigAsync),
        new("get_states", GetStatesAsync),
        new("get_services", GetServicesAsync),
        new("call_service", CallServiceAsync),
        new("fire_event", FireEventAsync),
    ];

    private static async Task PingAsync(Visit visit, CancellationToken token) =>
        Expect.That(await visit.Client.PingAsync(cancellationToken: token) > TimeSpan.Zero);

    private static async Task GetConfigAsync(Visit visit, CancellationToken token)
    {
        var config = await visit.Client.GetConfigAsync(token);
        Expect.That(config.TimeZone.Length > 0);
        Expect.That(config.Components.Contains("websocket_api"));
        Expect.That(config.UnitSystem.Temperature.StartsWith('°'));
        Expect.That(Math.Abs(config.Latitude) <= 90 && Math.Abs(config.Longitude) <= 180);
        Expect.That(config.ConfigDir.Length > 0);
    }

    private static async Task GetStatesAsync(Visit visit, CancellationToken token)
    {
        var states = await visit.Client.GetStatesAsync(token);
        Expect.Equal(states.Count, states.Select(state => state.EntityId).Distinct().Count());
        Expect.That(states.All(state => state.Domain.Length > 0 && state.Context.Id.Length > 0));
        Expect.That(states.All(state => state.LastUpdated >= state.LastChanged && state.LastChanged > DateTimeOffset.UnixEpoch));
    }

    private static async Task GetServicesAsync(Visit visit, CancellationToken token)
    {
        var services = await visit.Client.GetServicesAsync(token);
        Expect.That(services.Find("light", "turn_on")?.Fields.ContainsKey("transition") == true);
        Expect.That(services.Find("homeassistant", "restart") is not null);
        Expect.That(services.Find("light", "fly_away") is null);
    }

    private static async Task CallServiceAsync(Visit visit, CancellationToken token)
    {
        var call = await visit.Lamp.OnAsync(visit.Client, 77, token);
        var lamp = await visit.Lamp.StateAsync(visit.Client, token);
        Expect.That(call.Context.Id.Length > 0);
        Expect.That(call.Context.UserId?.Length > 0);
        Expect.That(call.Response is null);
        Expect.Equal("on", lamp.State);
        Expect.Equal(77, Lamp.BrightnessOf(lamp));
    }

    private static async Task FireEventAsync(Visit visit, CancellationToken token)
    {
        var type = Visit.NameOf("fired");
        await using var events = await Heard<HassEvent>.ListenAsync(visit.Client.OnEvent(type), token);
        var context = await visit.Client.FireEventAsync(type, new JsonObject { ["text"] = "Grüße 🎉 \"\\\u2028" }, token);
        var fired = await events.NextAsync(token);
        Expect.Equal(context.Id, fired.Context.Id);
        Expect.Equal("Grüße 🎉 \"\\\u2028", fired.Data().GetProperty("text").GetString());
        await visit.Client.FireEventAsync(type, cancellationToken: token);
        Expect.Equal("{}", (await events.NextAsync(token)).Data().GetRawText());
    }
}
