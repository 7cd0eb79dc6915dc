using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Lights: a light that is off knows no colour, and gets its last one back.</summary>
internal sealed class LightServices
{
    private static readonly string[] OnlyWhenOn =
        ["effect", "color_mode", "brightness", "color_temp_kelvin", "hs_color", "rgb_color", "xy_color", "rgbw_color", "rgbww_color"];

    private readonly Dictionary<string, JsonObject> _lastOn = [];

    public void Teach(House house)
    {
        house.TeachEach("light", "turn_on", TurnOn);
        house.TeachEach("light", "turn_off", TurnOff);
        house.TeachEach("light", "toggle", work =>
        {
            if (work.Entity.State == "on") TurnOff(work);
            else TurnOn(work);
        });
    }

    private void TurnOn(EntityWork work) => work.Set("on", attributes =>
    {
        if (work.Entity.State != "on") Restore(work, attributes);
        SetBrightness(work.Data, attributes);
        if (work.Data["effect"] is { } effect) attributes["effect"] = effect.DeepClone();
        if (work.Data["color_temp_kelvin"].Number() is { } kelvin) LightColor.SetKelvin(attributes, (int)kelvin);
        else if (work.Data["rgb_color"] is JsonArray rgb) LightColor.SetRgb(attributes, rgb);
        else if (work.Data["hs_color"] is JsonArray hs) LightColor.SetHueAndSaturation(attributes, hs);
    });

    private void TurnOff(EntityWork work) => work.Set("off", attributes =>
    {
        if (work.Entity.State != "off") _lastOn[work.Entity.EntityId] = attributes.DeepClone().AsObject();
        foreach (var name in OnlyWhenOn)
        {
            if (attributes.ContainsKey(name)) attributes[name] = null;
        }
    });

    private void Restore(EntityWork work, JsonObject attributes)
    {
        var last = _lastOn.GetValueOrDefault(work.Entity.EntityId);
        foreach (var name in OnlyWhenOn)
        {
            if (attributes.ContainsKey(name)) attributes[name] = last is null ? AtFirst(name, attributes) : last[name]?.DeepClone();
        }
    }

    /// <summary>What a light has that was never on before.</summary>
    private static JsonNode? AtFirst(string name, JsonObject attributes) => name switch
    {
        "effect" => (attributes["effect_list"] as JsonArray)?[0]?.DeepClone(),
        "color_mode" => (attributes["supported_color_modes"] as JsonArray)?[0]?.DeepClone(),
        "brightness" => 180,
        "color_temp_kelvin" => 2631,
        "hs_color" => new JsonArray(28.55, 67.974),
        "rgb_color" => new JsonArray(255, 164, 82),
        "xy_color" => new JsonArray(0.532, 0.388),
        _ => null,
    };

    private static void SetBrightness(JsonObject data, JsonObject attributes)
    {
        var now = attributes["brightness"].Number() ?? 0;
        double? wanted = data["brightness"].Number()
            ?? data["brightness_pct"].Number() * 2.55
            ?? data["brightness_step"].Number() + now
            ?? data["brightness_step_pct"].Number() * 2.55 + now;
        if (wanted is { } brightness) attributes["brightness"] = (int)Math.Round(Math.Clamp(brightness, 0, 255));
    }
}
