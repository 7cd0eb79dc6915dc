using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Forecasts, which say that the weather stays about as it is.</summary>
internal static class WeatherServices
{
    private const int Steps = 7;

    public static void Teach(House house) => house.Services.Teach("weather", "get_forecasts", call =>
    {
        if (call.Entities.Count == 0)
            throw new SimulatedErrorException("home_assistant_error", "Service call requested response data but did not match any entities");
        var step = call.Data["type"].Text() switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "twice_daily" => TimeSpan.FromHours(12),
            _ => TimeSpan.FromDays(1),
        };
        var response = new JsonObject();
        foreach (var entity in call.Entities) response[entity.EntityId] = new JsonObject { ["forecast"] = Forecast(house, entity, step) };
        return Task.FromResult<JsonNode?>(response);
    });

    private static JsonArray Forecast(House house, SimulatedState entity, TimeSpan step)
    {
        var now = entity.Attributes["temperature"].Number() ?? 10;
        var forecast = new JsonArray();
        for (var i = 0; i < Steps; i++)
        {
            forecast.Add((JsonNode)new JsonObject
            {
                ["datetime"] = PythonValue.Time(house.Local(house.Now + step * i), 'T'),
                ["condition"] = entity.State,
                ["precipitation_probability"] = 10 * i,
                ["temperature"] = Math.Round(now + i * 0.5, 1),
                ["templow"] = Math.Round(now - 5, 1),
                ["precipitation"] = 0.0,
            });
        }

        return forecast;
    }
}
