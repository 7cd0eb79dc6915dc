using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Tests.Docs;

/// <summary>The code of docs/commands.md; compiled, and run against a simulated house where it can be.</summary>
internal static class CommandsSnippets
{
    public static async Task TypedAsync(IHassSocket hass)
    {
        // <snippet:typed-commands>
        var config = await hass.GetConfigAsync();
        var states = await hass.GetStatesAsync();
        await hass.CallServiceAsync("light", "turn_on", new { brightness_pct = 40 }, Target.Area("kitchen", "hall"));
        await hass.FireEventAsync("doorbell", new JsonObject { ["door"] = "garden" });
        // </snippet:typed-commands>
        Console.WriteLine($"{config} {states}");
    }

    public static async Task ResponseAsync(IHassSocket hass)
    {
        // <snippet:service-response>
        var forecast = await hass.CallServiceWithResponseAsync(
            "weather", "get_forecasts", new JsonObject { ["type"] = "daily" }, Target.Entity("weather.demo_weather_south"));
        Console.WriteLine(forecast.Response);
        // </snippet:service-response>
    }

    public static async Task RawAsync(IHassSocket hass)
    {
        // <snippet:raw-command>
        JsonElement areas = await hass.SendMessageAsync("config/area_registry/list");
        // </snippet:raw-command>
        Console.WriteLine(areas);
    }

    public static async Task PostAsync(IHassSocket hass)
    {
        // <snippet:post>
        await hass.PostMessageAsync(new CallServiceCommand("light", "toggle") { Target = Target.Entity("light.hall") });
        // </snippet:post>
    }

    public static async Task CatchAsync(IHassSocket hass)
    {
        // <snippet:catch>
        try
        {
            await hass.CallServiceAsync("script", "water_the_garden");
        }
        catch (HassCommandException refused) when (refused.TranslationKey == "service_not_found")
        {
            Console.WriteLine(refused.Message);
        }
        catch (HassSocketException error)
        {
            Console.WriteLine($"No answer: {error.Message}");
        }
        // </snippet:catch>
    }

    public static async Task PatientAsync(IHassSocket hass)
    {
        // <snippet:patient-command>
        await hass.SendMessageAsync(new CallServiceCommand("backup", "create")
        {
            ExpectResponseAfter = TimeSpan.FromMinutes(30),
            WhenDisconnected = WhenUnavailable.Fail,
        });
        // </snippet:patient-command>
    }
}
