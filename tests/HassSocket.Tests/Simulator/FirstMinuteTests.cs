using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Simulator.Judge;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Simulator;

/// <summary>What clients of other makers ask first.</summary>
public sealed class FirstMinuteTests
{
    [Theory]
    [InlineData("client.da-boot")]
    [InlineData("client.nodered-boot")]
    [InlineData("client.hajs-collections")]
    public async Task Every_command_of_a_recorded_first_minute_is_known_and_answered_as_well_as_the_real_server_did(string recording)
    {
        var said = Recording.Read(recording).Lines.Where(line => line.Raw is not null).ToArray();
        var results = said.Where(line => line.Direction == '<').SelectMany(line => Json.Items(line.Raw!))
            .Where(message => Json.Text(message, "type") == "result")
            .ToDictionary(message => message.GetProperty("id").GetInt64(), message => message.GetProperty("success").GetBoolean());
        var asked = said.Where(line => line.Direction == '>').SelectMany(line => Json.Items(line.Raw!)).Where(command => results.ContainsKey(Id(command))).ToArray();
        await using var house = new HomeAssistantSimulator();
        await using var client = await RawClient.LoginAsync(house);
        Assert.True(asked.Length > 10);

        foreach (var command in asked)
        {
            await client.SendAsync(command.GetRawText());
            Assert.Equal((command.GetRawText(), results[Id(command)]), (command.GetRawText(), await SuccessAsync(client, Id(command))));
        }
    }

    [Fact]
    public async Task User_interface_is_answered_what_it_asks_first()
    {
        await using var house = new HomeAssistantSimulator();
        await using var client = await RawClient.LoginAsync(house);
        string[] types =
        [
            "get_panels", "frontend/get_themes", "frontend/get_user_data", "lovelace/info", "lovelace/resources", "lovelace/dashboards/list",
            "recorder/info", "config/entity_registry/list_for_display", "persistent_notification/subscribe", "repairs/list_issues", "manifest/list",
        ];

        for (var i = 0; i < types.Length; i++)
        {
            await client.SendAsync($$"""{"id":{{i + 1}},"type":"{{types[i]}}"}""");
            Assert.True(await SuccessAsync(client, i + 1), types[i]);
        }
    }

    private static long Id(JsonElement command) => command.TryGetProperty("id", out var id) ? id.GetInt64() : 0;

    private static async Task<bool> SuccessAsync(RawClient client, long id)
    {
        while (true)
        {
            var message = await client.ReadJsonAsync();
            foreach (var item in message as JsonArray ?? [message.DeepClone()])
            {
                if ((long?)item!["id"] == id && (string?)item["type"] == "result") return (bool)item["success"]!;
            }
        }
    }
}
