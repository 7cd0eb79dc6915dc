using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Simulator.Judge;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Peers;

/// <summary>What other makers' clients ask in their first minute, as recorded, is answered by the simulator as by the real server.</summary>
public sealed class FirstMinuteTests
{
    [Theory]
    [InlineData("client.da-boot", 29)]
    [InlineData("client.nodered-boot", 29)]
    public async Task Every_command_of_a_boot_is_answered_as_recorded(string name, int atLeast)
    {
        var lines = Recording.Read(name).Lines;
        var recorded = lines.Where(line => line.Direction == '<' && line.Raw is not null).SelectMany(line => Items(JsonNode.Parse(line.Raw!)!))
            .Where(IsAnswer).DistinctBy(Id).ToDictionary(Id);
        await using var house = new HomeAssistantSimulator();
        await using var client = await RawClient.LoginAsync(house);

        var answered = 0;
        foreach (var command in lines.Where(line => line.Direction == '>').Select(line => JsonNode.Parse(line.Raw!)!).Where(command => command["id"] is not null))
        {
            await client.SendAsync(command.ToJsonString());
            var answer = await AnswerAsync(client, Id(command));
            Assert.Equal((Id(command), (string?)recorded[Id(command)]["error"]?["code"]), (Id(command), (string?)answer["error"]?["code"]));
            answered++;
        }

        Assert.InRange(answered, atLeast, int.MaxValue);
    }

    private static async Task<JsonNode> AnswerAsync(RawClient client, int id)
    {
        while (true)
        {
            var answer = Items(await client.ReadJsonAsync()).FirstOrDefault(item => IsAnswer(item) && Id(item) == id);
            if (answer is not null) return answer;
        }
    }

    private static IEnumerable<JsonNode> Items(JsonNode message) => message is JsonArray array ? array.OfType<JsonNode>() : [message];

    private static bool IsAnswer(JsonNode message) => (string?)message["type"] is "result" or "pong";

    private static int Id(JsonNode message) => (int)message["id"]!;
}
