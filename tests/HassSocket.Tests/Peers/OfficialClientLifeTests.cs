using HassSocket.Testing;
using HassSocket.Tests.Shared.Peers;
using Xunit;

namespace HassSocket.Tests.Peers;

public sealed class OfficialClientLifeTests
{
    private static readonly SimulatedRestart Quick = new()
    {
        DownFor = TimeSpan.FromMilliseconds(200),
        LoadsFor = TimeSpan.FromMilliseconds(200),
        StartsFor = TimeSpan.FromMilliseconds(10),
    };

    [Fact]
    public async Task It_survives_a_restart_with_all_its_subscriptions()
    {
        await using var client = await OfficialClient.ConnectAsync();
        await client.Peer.AskAsync("subscribeEntities");
        await client.Peer.AskAsync("subscribeConfig");
        await client.SubscribeAsync("started", new { type = "subscribe_events", event_type = "probe" });
        Assert.Equal("RUNNING", (await client.Peer.NoteAsync("config")).GetString());

        client.House.Restart(Quick);

        await client.Peer.NoteAsync("disconnected");
        await client.Peer.NoteAsync("ready");
        while ((await client.Peer.NoteAsync("config")).GetString() != "RUNNING")
        {
        }

        client.House.FireEvent("probe");
        await client.Peer.NoteAsync("started");
        while ((await client.Peer.NoteAsync("entities")).GetInt32() != 180 || await client.StateAsync("light.bed_light") != "off")
        {
        }

        Assert.Equal(0, client.Peer.CountNotes("unhandled"));
    }

    [Fact]
    public async Task It_loses_the_answer_to_the_stop_that_it_asked_for()
    {
        await using var client = await OfficialClient.ConnectAsync();

        var lost = await Assert.ThrowsAsync<PeerRefusedException>(() => client.CallAsync("homeassistant", "stop"));

        Assert.Equal(3, lost.Error.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task It_notices_that_its_token_was_revoked()
    {
        await using var client = await OfficialClient.ConnectAsync();

        client.House.RevokeToken(client.House.Token);

        await client.Peer.NoteAsync("disconnected");
        const int InvalidAuth = 2;
        Assert.Equal(InvalidAuth, (await client.Peer.NoteAsync("reconnect-error")).GetInt32());
    }

    [Fact]
    public async Task It_renews_an_expired_token_before_it_logs_in()
    {
        await using var client = await OfficialClient.ConnectAsync(house =>
            house.LogIn(house.Guest, "http://127.0.0.1/") with { AccessToken = "expired", ExpiresAt = DateTimeOffset.UnixEpoch });

        Assert.Equal("Guest", (await client.Peer.AskAsync("read")).GetProperty("user").GetProperty("name").GetString());
    }

    [Fact]
    public async Task It_logs_out_and_is_closed()
    {
        await using var client = await OfficialClient.ConnectAsync(house => house.LogIn(house.Guest, "http://127.0.0.1/"));

        await client.Peer.AskAsync("revoke");

        await client.Peer.NoteAsync("disconnected");
    }

    [Fact]
    public async Task It_says_goodbye_and_is_answered()
    {
        await using var client = await OfficialClient.ConnectAsync();

        await client.Peer.AskAsync("close");

        await client.House.Connections[0].Gone.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
