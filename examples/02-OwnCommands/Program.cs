using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket;
using HassSocket.Testing;

// A house with a custom integration that can water a greenhouse.
await using var house = new HomeAssistantSimulator();
house.OnCommand("greenhouse/water", command =>
    Task.FromResult<JsonNode?>(new JsonObject { ["litres"] = command.Message.GetProperty("minutes").GetInt32() * 4 }));

await using var hass = new HassSocketClient(
    new HassSocketOptions { BaseUrl = house.BaseUrl.ToString(), Token = house.Token }, transportFactory: house.Transports);
await hass.StartAsync();

// <snippet:own-command-use>
double litres = await hass.SendMessageAsync(new WaterCommand { Minutes = 5 });
// </snippet:own-command-use>
Console.WriteLine($"The greenhouse got {litres} litres.");

// <snippet:own-command>
internal sealed record WaterCommand : HassCommand<double>
{
    public required int Minutes { get; init; }

    public override string Type => "greenhouse/water";

    protected override void WriteFields(Utf8JsonWriter writer) => writer.WriteNumber("minutes", Minutes);

    protected override double ReadResult(ref Utf8JsonReader reader) =>
        JsonElement.ParseValue(ref reader).GetProperty("litres").GetDouble();
}
// </snippet:own-command>
