using System.Reactive.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace HassSocket.Tests.Docs;

/// <summary>The code of docs/events.md; compiled, not run.</summary>
internal static class EventsSnippets
{
    public static async Task LoopAsync(IHassSocket hass, CancellationToken cancellationToken)
    {
        // <snippet:event-loop>
        await foreach (var change in hass.OnEvent("state_changed").ReadAllAsync(cancellationToken))
        {
            await RememberAsync(change, cancellationToken);
        }
        // </snippet:event-loop>
    }

    public static async Task HandlerAsync(IHassSocket hass)
    {
        // <snippet:event-handler>
        await using var doors = hass.OnEvent("door_opened").SubscribeAsync(async (opened, token) =>
        {
            await RememberAsync(opened, token);
        });
        // </snippet:event-handler>
    }

    public static void StateChanges(IHassSocket hass)
    {
        // <snippet:event-state-changes>
        using var warm = hass.OnStateChange()
            .Where(change => change.EntityId.StartsWith("climate.", StringComparison.Ordinal))
            .Subscribe(change => Console.WriteLine($"{change.EntityId}: {change.State}, before: {change.OldState?.State}"));
        // </snippet:event-state-changes>
    }

    public static async Task RawAsync(IHassSocket hass)
    {
        // <snippet:event-raw>
        await using var consumer = hass.OnRawEvent("state_changed").SubscribeAsync((raw, _) =>
        {
            if (raw.Bytes.Span.IndexOf("\"light.kitchen\""u8) >= 0) Console.WriteLine(Encoding.UTF8.GetString(raw.Bytes.Span));
            return Task.CompletedTask;
        });
        // </snippet:event-raw>
    }

    public static void Observe(IHassSocket hass)
    {
        // <snippet:event-rx>
        using var lights = hass.OnEvent("call_service")
            .Where(call => call.Data().GetProperty("domain").ValueEquals("light"))
            .Subscribe(call => Console.WriteLine(call.Data()));
        // </snippet:event-rx>
    }

    public static async Task TriggerAsync(IHassSocket hass, CancellationToken cancellationToken)
    {
        // <snippet:trigger>
        var trigger = new JsonObject { ["trigger"] = "state", ["entity_id"] = "binary_sensor.hall_motion", ["to"] = "on" };
        await foreach (var fired in hass.SubscribeTrigger(trigger).ReadAllAsync(cancellationToken))
        {
            Console.WriteLine(fired.Description);
        }
        // </snippet:trigger>
    }

    public static async Task EntitiesAsync(IHassSocket hass, CancellationToken cancellationToken)
    {
        // <snippet:entities>
        var now = new Dictionary<string, EntityState>();
        await foreach (var change in hass.SubscribeEntities(EntityFilter.Domains("light")).ReadAllAsync(cancellationToken))
        {
            if (change.IsSnapshot) now.Clear();
            foreach (var added in change.Added) now[added.EntityId] = added;
            foreach (var changed in change.Changed)
                if (now.TryGetValue(changed.EntityId, out var before)) now[changed.EntityId] = changed.ApplyTo(before);
            foreach (var removed in change.Removed) now.Remove(removed);
        }
        // </snippet:entities>
    }

    public static void Latest(IHassSocket hass)
    {
        // <snippet:latest>
        var latest = hass.OnEvent("state_changed").With(new StreamOptions
        {
            Name = "dashboard",
            Policy = OverflowPolicy.Latest,
            LatestKey = "entity_id",
        });
        // </snippet:latest>
        latest.Subscribe(Console.WriteLine).Dispose();
    }

    public static void Gaps(IHassSocket hass)
    {
        // <snippet:gaps>
        var changes = hass.OnEvent("state_changed");
        using var status = changes.StatusChanges.Subscribe(status =>
        {
            if (status.Gap is { } gap) Console.WriteLine($"{gap.Reason}: missed {(gap.Count is { } count ? count : "some")} until {gap.To:T}");
        });
        // </snippet:gaps>
    }

    private static async Task RememberAsync(HassEvent what, CancellationToken cancellationToken) =>
        await File.AppendAllTextAsync("events.log", what.ToString(), cancellationToken);
}
