using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Heating and cooling, in the units of the entity.</summary>
internal static class ClimateServices
{
    // The demo house has one that counts in °F inside, and says so in its errors.
    private const string CountsInFahrenheit = "climate.heatpump";

    public static void Teach(House house)
    {
        house.TeachEach("climate", "set_hvac_mode", work => work.Set(work.Data["hvac_mode"].Text() ?? work.Entity.State));
        house.TeachEach("climate", "set_temperature", SetTemperature);
        house.TeachEach("climate", "set_preset_mode", work => Copy(work, "preset_mode"));
        house.TeachEach("climate", "set_fan_mode", work => Copy(work, "fan_mode"));
        house.TeachOnOff("climate", on: "heat");
    }

    private static void SetTemperature(EntityWork work)
    {
        var (min, max) = (work.Attributes["min_temp"], work.Attributes["max_temp"]);
        foreach (var (name, value) in work.Data)
        {
            if (name is not ("temperature" or "target_temp_high" or "target_temp_low")) continue;
            if (value.Number() is not { } wanted || !(wanted < min.Number() || wanted > max.Number())) continue;
            var isFahrenheit = work.Entity.EntityId == CountsInFahrenheit;
            var (check, low, high) = isFahrenheit
                ? (Fahrenheit(wanted), Fahrenheit(min.Number() ?? 0), Fahrenheit(max.Number() ?? 0))
                : (wanted.Invariant(), min!.ToJsonString(), max!.ToJsonString());
            throw Errors.Validation(
                "climate",
                $"Provided temperature {check} is not valid. Accepted range is {low} to {high}",
                "temp_out_of_range",
                new JsonObject { ["check_temp"] = check, ["min_temp"] = low, ["max_temp"] = high });
        }

        Copy(work, "temperature", "target_temp_high", "target_temp_low");
    }

    private static string Fahrenheit(double celsius) => Math.Round(celsius * 1.8 + 32, 1).Invariant();

    private static void Copy(EntityWork work, params string[] names) => work.Set(work.Data["hvac_mode"].Text() ?? work.Entity.State, attributes =>
    {
        foreach (var name in names)
        {
            if (work.Data[name] is { } value) attributes[name] = value.DeepClone();
        }
    });
}
