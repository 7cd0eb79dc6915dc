using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Shared.Peers;
using Xunit;

namespace HassSocket.Tests.Peers;

public sealed class OfficialClientTests
{
    [Fact]
    public async Task It_connects_with_compression_and_reads_the_house()
    {
        await using var client = await OfficialClient.ConnectAsync();

        var read = await client.Peer.AskAsync("read");

        Assert.Equal("""{"version":"2026.11.0","extensions":"permessage-deflate"}""", client.Connected.GetRawText());
        Assert.True(read.GetProperty("user").GetProperty("is_admin").GetBoolean());
        Assert.Equal("RUNNING", read.GetProperty("state").GetString());
        Assert.Equal(180, read.GetProperty("states").GetInt32());
        Assert.Equal(JsonValueKind.Null, (await client.Peer.AskAsync("ping")).ValueKind);
    }

    [Fact]
    public async Task It_follows_entities_as_services_change_them()
    {
        await using var client = await OfficialClient.ConnectAsync();
        await client.Peer.AskAsync("subscribeEntities");
        Assert.Equal(180, (await client.Peer.NoteAsync("entities")).GetInt32());

        await client.CallAsync("light", "turn_on", new { brightness = 77 }, new { entity_id = "light.bed_light" });
        await client.Peer.NoteAsync("entities");
        var light = await client.Peer.AskAsync("entity", new { id = "light.bed_light" });
        client.House.RemoveEntity("light.bed_light");

        Assert.Equal(("on", 77), (light.GetProperty("state").GetString(), light.GetProperty("attributes").GetProperty("brightness").GetInt32()));
        Assert.Equal(179, (await client.Peer.NoteAsync("entities")).GetInt32());
    }

    [Fact]
    public async Task It_hears_events_until_it_unsubscribes()
    {
        await using var client = await OfficialClient.ConnectAsync();
        await client.SubscribeAsync("probe", new { type = "subscribe_events", event_type = "probe" });
        client.House.FireEvent("probe", new JsonObject { ["text"] = "a\u2028b🏠" });

        Assert.Equal("a\u2028b🏠", (await client.Peer.NoteAsync("probe")).GetProperty("data").GetProperty("text").GetString());

        await client.Peer.AskAsync("unsubscribe", new { name = "probe" });
        client.House.FireEvent("probe");
        await client.Peer.AskAsync("ping");
        Assert.Equal(0, client.Peer.CountNotes("probe"));
        Assert.Equal(0, client.House.Connections[0].Subscriptions);
    }

    [Fact]
    public async Task It_follows_services_and_configuration()
    {
        await using var client = await OfficialClient.ConnectAsync();
        await client.Peer.AskAsync("subscribeServices");
        await client.Peer.AskAsync("subscribeConfig");
        Assert.DoesNotContain("probe", Texts(await client.Peer.NoteAsync("services")));
        Assert.Equal("RUNNING", (await client.Peer.NoteAsync("config")).GetString());

        client.House.AddService("probe", "run", _ => Task.FromResult<JsonNode?>(null));

        Assert.Contains("probe", Texts(await client.Peer.NoteAsync("services")));
    }

    [Fact]
    public async Task It_calls_services_with_and_without_a_response()
    {
        await using var client = await OfficialClient.ConnectAsync();
        client.House.AddService("probe", "answer", _ => Task.FromResult<JsonNode?>(new JsonObject { ["value"] = 5 }), SimulatedResponse.Optional);

        var without = await client.CallAsync("probe", "answer");
        var with = await client.CallAsync("probe", "answer", returnResponse: true);
        var refused = await Assert.ThrowsAsync<PeerRefusedException>(() => client.CallAsync("probe", "nothing"));

        Assert.False(without.TryGetProperty("response", out _));
        Assert.Equal(5, with.GetProperty("response").GetProperty("value").GetInt32());
        Assert.Equal("not_found", refused.Error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task It_uses_a_trigger()
    {
        await using var client = await OfficialClient.ConnectAsync();
        await client.SubscribeAsync("fired", new { type = "subscribe_trigger", trigger = new { platform = "state", entity_id = "light.bed_light", to = "on" } });
        client.House.SetState("light.bed_light", "on");

        var trigger = (await client.Peer.NoteAsync("fired")).GetProperty("variables").GetProperty("trigger");
        Assert.Equal("light.bed_light", trigger.GetProperty("entity_id").GetString());
        Assert.Equal("on", trigger.GetProperty("to_state").GetProperty("state").GetString());
    }

    [Fact]
    public async Task It_reads_a_coalesced_flood_without_loss()
    {
        const int Flood = 4000;
        await using var client = await OfficialClient.ConnectAsync();
        await client.Peer.AskAsync("count", new { type = "probe", until = Flood });

        client.House.AtOnce(() =>
        {
            for (var number = 0; number < Flood; number++) client.House.FireEvent("probe", new JsonObject { ["number"] = number });
        });

        Assert.Equal("""{"count":4000,"outOfOrder":0}""", (await client.Peer.NoteAsync("counted")).GetRawText());
        Assert.False(client.House.Connections[0].WasThrownOut);
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
