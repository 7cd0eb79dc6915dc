using System.Text.Json.Nodes;

namespace HassSocket.Live.Checks;

/// <summary>What users get who are no administrators.</summary>
internal static class UserChecks
{
    public static IEnumerable<Check> All =>
    [
        new("an ordinary user sees, hears and switches", OrdinaryAsync),
        new("an ordinary user is refused what needs an administrator", UnauthorizedAsync),
        new("a user who may only read sees, and switches nothing", ReadOnlyAsync),
    ];

    private static async Task OrdinaryAsync(Visit visit, CancellationToken token)
    {
        await using var guest = await GuestAsync(visit, token);
        Expect.That(!(await guest.SendMessageAsync("auth/current_user", null, token)).GetProperty("is_admin").GetBoolean());
        await visit.Lamp.OffAsync(guest, token);
        await using var changes = await Heard<HassEvent>.ListenAsync(guest.OnEvent("state_changed"), token);
        await using var entities = await Heard<EntitiesChange>.ListenAsync(guest.SubscribeEntities(EntityFilter.Entities(visit.Lamp.EntityId)), token);
        var call = await visit.Lamp.OnAsync(guest, 50, token);
        await changes.NextAsync(change => change.Context.Id == call.Context.Id, token);
        await entities.NextAsync(change => change.Changed.Any(lamp => lamp.State == "on"), token);
        Expect.Equal("on", (await visit.Lamp.StateAsync(guest, token)).State);
    }

    private static async Task UnauthorizedAsync(Visit visit, CancellationToken token)
    {
        await using var guest = await GuestAsync(visit, token);
        var trigger = new JsonObject { ["platform"] = "state", ["entity_id"] = visit.Lamp.EntityId };
        await Expect.RefusedAsync(guest.FireEventAsync(Visit.NameOf("guest"), cancellationToken: token), "unauthorized");
        await Expect.RefusedAsync(ServiceChecks.RunSlowlyAsync(guest, token), "unauthorized");
        await Expect.RefusedAsync(Heard<HassEvent>.ListenAsync(guest.OnAllEvents(), token), "unauthorized");
        await Expect.RefusedAsync(Heard<HassEvent>.ListenAsync(guest.OnEvent("call_service"), token), "unauthorized");
        await Expect.RefusedAsync(Heard<TriggerFired>.ListenAsync(guest.SubscribeTrigger(trigger), token), "unauthorized");
        // What a service refuses comes as another code.
        await Expect.RefusedAsync(guest.CallServiceAsync("homeassistant", "reload_core_config", cancellationToken: token), "home_assistant_error");
        await guest.PingAsync(cancellationToken: token);
    }

    private static async Task ReadOnlyAsync(Visit visit, CancellationToken token)
    {
        await using var viewer = await visit.ConnectAsync(token, token: visit.Settings.ViewerToken ?? throw new NotApplicableException("HASS_LIVE_VIEWER_TOKEN is not set"));
        await visit.Lamp.OffAsync(visit.Client, token);
        Expect.Equal("off", (await visit.Lamp.StateAsync(viewer, token)).State);
        await using var changes = await Heard<HassEvent>.ListenAsync(viewer.OnEvent("state_changed"), token);
        await Expect.RefusedAsync(visit.Lamp.OnAsync(viewer, 50, token), "home_assistant_error", "unauthorized");
        Expect.Equal("off", (await visit.Lamp.StateAsync(viewer, token)).State);
        var call = await visit.Lamp.OnAsync(visit.Client, 50, token);
        await changes.NextAsync(change => change.Context.Id == call.Context.Id, token);
    }

    private static Task<HassSocketClient> GuestAsync(Visit visit, CancellationToken token) =>
        visit.ConnectAsync(token, token: visit.Settings.GuestToken ?? throw new NotApplicableException("HASS_LIVE_GUEST_TOKEN is not set"));
}
