using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Fires with an event of one type, perhaps only when its data holds certain values.</summary>
internal sealed class EventTrigger(TriggerHead head, string eventType, JsonObject? eventData) : ITrigger
{
    public Action Attach(House house, Action<TriggerFiring> fire) => house.Bus.Listen(eventType, fired =>
    {
        if (Matches(fired)) fire(Firing(fired));
    });

    private bool Matches(HouseEvent fired)
        => eventData is null || eventData.All(wanted
            => fired.Data?.TryGetPropertyValue(wanted.Key, out var value) == true && JsonNode.DeepEquals(value, wanted.Value));

    private TriggerFiring Firing(HouseEvent fired) => new(head, fired.Context, writer =>
    {
        writer.WritePropertyName("event");
        writer.WriteRawValue(fired.Json, skipInputValidation: true);
        writer.WriteString("description", $"event '{eventType}'");
    });
}
