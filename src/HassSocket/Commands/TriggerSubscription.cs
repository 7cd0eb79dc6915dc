using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>Waits for triggers as automations do: <c>subscribe_trigger</c>; for administrators.</summary>
/// <remarks>
/// Over the wire: <c>{"id":7,"type":"subscribe_trigger","trigger":{"trigger":"state","entity_id":"binary_sensor.hall"}}</c>. A server
/// that is starting may answer a second late.
/// </remarks>
public sealed record TriggerSubscription : HassSubscription<TriggerFired>
{
    /// <summary>Creates the subscription.</summary>
    /// <param name="trigger">One trigger (an object) or several (an array), as in an automation; later changes of it have no effect.</param>
    /// <param name="variables">Variables that its templates may use.</param>
    /// <exception cref="ArgumentException">The trigger is neither an object nor an array.</exception>
    public TriggerSubscription(JsonNode trigger, JsonFields? variables = null)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        Trigger = JsonScan.Snapshot(trigger);
        if (Trigger.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            throw new ArgumentException($"A trigger is a JSON object, or an array of them, but this is {Trigger.ValueKind}.", nameof(trigger));
        Variables = variables;
    }

    /// <inheritdoc/>
    public override string Type => "subscribe_trigger";

    /// <summary>The trigger, or the triggers.</summary>
    public JsonElement Trigger { get; }

    /// <summary>Variables that the trigger's templates may use.</summary>
    public JsonFields? Variables { get; }

    /// <inheritdoc/>
    protected internal override void WriteFields(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName("trigger"u8);
        Trigger.WriteTo(writer);
        Variables?.WriteTo(writer, "variables"u8);
    }

    /// <inheritdoc/>
    protected internal override TriggerFired ReadEvent(ref Utf8JsonReader reader) => JsonScan.Read(ref reader, HassJson.Default.TriggerFired);
}

/// <summary>Triggers as automations have them.</summary>
public static class TriggerExtensions
{
    /// <summary>Waits for triggers as automations do: <c>subscribe_trigger</c>; for administrators.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="trigger">One trigger (a <see cref="JsonObject"/>) or several (a <see cref="JsonArray"/>), as in an automation.</param>
    /// <param name="variables">Variables that its templates may use.</param>
    /// <returns>A stream that is cold to create, shared underneath, and survives every reconnect.</returns>
    public static LiveStream<TriggerFired> SubscribeTrigger(this IHassSocket socket, JsonNode trigger, JsonFields? variables = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.Subscribe(new TriggerSubscription(trigger, variables));
    }
}
