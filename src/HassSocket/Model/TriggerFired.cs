using System.Text.Json;
using HassSocket.Dialect;

namespace HassSocket;

/// <summary>A trigger has fired. Immutable.</summary>
/// <remarks>
/// Over the wire: <c>{"variables":{"trigger":{"id":"0","idx":"0","alias":null,"platform":"state",…},…},"context":{…}}</c>; what else
/// the trigger says depends on its platform.
/// </remarks>
public sealed record TriggerFired
{
    /// <summary>The variables of the run: <c>trigger</c>, and those that were given with the subscription.</summary>
    public JsonElement Variables
    {
        get;
        init => field = value.ValueKind == JsonValueKind.Object ? value : JsonScan.EmptyObject;
    }

    = JsonScan.EmptyObject;

    /// <summary>What caused it; empty for triggers of time.</summary>
    public EventContext Context { get; init => field = value ?? EventContext.None; } = EventContext.None;

    /// <summary>What the trigger says about itself, such as <c>from_state</c> and <c>to_state</c>; an empty object where it says nothing.</summary>
    public JsonElement Trigger =>
        Variables.TryGetProperty("trigger"u8, out var trigger) && trigger.ValueKind == JsonValueKind.Object ? trigger : JsonScan.EmptyObject;

    /// <summary>The trigger's id; its place in the list where it was given none.</summary>
    public string Id => Text("id"u8);

    /// <summary>The kind of trigger, such as <c>state</c>.</summary>
    public string Platform => Text("platform"u8);

    /// <summary>What happened, in English: <c>state of binary_sensor.hall</c>.</summary>
    public string Description => Text("description"u8);

    private string Text(ReadOnlySpan<byte> name) => Trigger.TryGetProperty(name, out var value) ? value.ToString() : "";
}
