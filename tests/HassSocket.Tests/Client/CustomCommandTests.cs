using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Client;

/// <summary>Commands and subscriptions that the SDK does not know: the raw door, and a user's own types.</summary>
public sealed class CustomCommandTests
{
    [Fact]
    public async Task Raw_command_gives_its_result_as_json()
    {
        await using var home = await Home.ReadyAsync();

        var user = await home.Client.SendMessageAsync("auth/current_user").WaitAsync(Home.Guard);

        Assert.Equal("Owner", user.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Raw_command_sends_its_fields_as_they_are()
    {
        await using var home = await Home.ReadyAsync();
        home.House.OnCommand("vacuum/clean", command => Task.FromResult<JsonNode?>(JsonNode.Parse(command.Message.GetProperty("rooms").GetRawText())));

        var result = await home.Client.SendMessageAsync("vacuum/clean", new JsonObject { ["rooms"] = new JsonArray("Küche", null, 3) }).WaitAsync(Home.Guard);

        Assert.Equal("""["Küche",null,3]""", result.GetRawText());
    }

    [Fact]
    public async Task Raw_result_may_be_kept_after_many_more_answers()
    {
        await using var home = await Home.ReadyAsync();
        var states = await home.Client.SendMessageAsync("get_states").WaitAsync(Home.Guard);
        var text = states.GetRawText();

        for (var i = 0; i < 20; i++) await home.Client.GetStatesAsync().WaitAsync(Home.Guard);

        Assert.Equal(text, states.GetRawText());
    }

    [Fact]
    public async Task Raw_command_that_is_posted_completes_without_an_answer()
    {
        await using var home = await Home.ReadyAsync();
        home.House.Faults.NeverAnswer("vacuum/stop");
        home.House.OnCommand("vacuum/stop", _ => Task.FromResult<JsonNode?>(null));

        await home.Client.PostMessageAsync("vacuum/stop").WaitAsync(Home.Guard);

        await home.House.WaitForCommandAsync("vacuum/stop");
    }

    [Fact]
    public async Task Refusal_of_a_posted_command_is_logged_with_its_name()
    {
        await using var home = await Home.ReadyAsync();

        await home.Client.PostMessageAsync("vacuum/stop").WaitAsync(Home.Guard);
        await home.RoundTripAsync();

        Assert.Contains(home.Logs.Entries, entry => entry.Id == 205 && entry.Text.Contains("'vacuum/stop'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Raw_subscription_is_routed_by_its_id_and_ended_by_its_last_consumer()
    {
        await using var home = await Home.ReadyAsync();
        var stopped = new TaskCompletionSource();
        home.House.OnCommand("vacuum/subscribe", command =>
        {
            command.KeepSubscribed(stopped.SetResult);
            command.SendEvent(new JsonObject { ["progress"] = 7 });
            return Task.FromResult<JsonNode?>(null);
        });
        var heard = new Inbox<JsonElement>();

        using (home.Client.Subscribe("vacuum/subscribe", new JsonObject { ["room"] = "hall" }).Subscribe(heard))
        {
            Assert.Equal(7, (await heard.NextAsync()).GetProperty("progress").GetInt32());
            Assert.Equal("hall", (string?)home.SentOf("vacuum/subscribe")[0]["room"]);
        }

        await stopped.Task.WaitAsync(Home.Guard);
        Assert.Equal((int)home.SentOf("vacuum/subscribe")[0]["id"]!, (int)home.SentOf("unsubscribe_events")[0]["subscription"]!);
    }

    [Fact]
    public async Task Own_command_is_sent_and_read_by_its_own_code()
    {
        await using var home = await Home.ReadyAsync();
        home.House.OnCommand("vacuum/clean", command => Task.FromResult<JsonNode?>(
            new JsonObject { ["name"] = command.Message.GetProperty("room").GetString(), ["area"] = 12 }));

        var room = await home.Client.SendMessageAsync(new Vacuum.CleanCommand("hall")).WaitAsync(Home.Guard);

        Assert.Equal(new Vacuum.Room("hall", 12), room);
    }

    [Fact]
    public async Task Own_subscription_survives_a_drop_with_every_event_once()
    {
        await using var home = await Home.ReadyAsync();
        SimulatedCommand? latest = null;
        home.House.OnCommand("vacuum/subscribe", command =>
        {
            command.KeepSubscribed(() => { });
            Volatile.Write(ref latest, command);
            return Task.FromResult<JsonNode?>(null);
        });
        var heard = new Inbox<int>();
        using var subscription = home.Client.Subscribe(new Vacuum.ProgressSubscription("hall")).Subscribe(heard);
        await home.NthAsync(1, "vacuum/subscribe");
        await home.RoundTripAsync();
        latest!.SendEvent(1);
        Assert.Equal(1, await heard.NextAsync());

        await home.BlinkAsync();
        await home.NthAsync(2, "vacuum/subscribe");
        await home.RoundTripAsync();
        latest!.SendEvent(2);
        latest.SendEvent(3);

        Assert.Equal([2, 3], await heard.TakeAsync(2));
        await home.RoundTripAsync();
        Assert.True(heard.IsEmpty);
    }

    [Fact]
    public async Task Equal_subscriptions_of_a_user_share_one_on_the_wire_and_different_ones_do_not()
    {
        await using var home = await Home.ReadyAsync();
        home.House.OnCommand("vacuum/subscribe", command =>
        {
            command.KeepSubscribed(() => { });
            return Task.FromResult<JsonNode?>(null);
        });

        using var one = home.Client.Subscribe(new Vacuum.ProgressSubscription("hall")).Subscribe(new Inbox<int>());
        using var two = home.Client.Subscribe(new Vacuum.ProgressSubscription("hall")).Subscribe(new Inbox<int>());
        using var other = home.Client.Subscribe(new Vacuum.ProgressSubscription("attic")).Subscribe(new Inbox<int>());
        await home.RoundTripAsync();

        Assert.Equal(["hall", "attic"], home.SentOf("vacuum/subscribe").Select(command => (string)command["room"]!));
    }

    [Fact]
    public async Task Event_that_a_subscription_cannot_read_is_skipped_and_told_in_its_status()
    {
        await using var home = await Home.ReadyAsync();
        home.House.OnCommand("vacuum/subscribe", command =>
        {
            command.KeepSubscribed(() => { });
            foreach (var item in (JsonNode?[])[1, "two", 3]) command.SendEvent(item);
            return Task.FromResult<JsonNode?>(null);
        });
        var stream = home.Client.Subscribe(new Vacuum.ProgressSubscription("hall"));
        var heard = new Inbox<int>();
        using var subscription = stream.Subscribe(heard);

        Assert.Equal([1, 3], await heard.TakeAsync(2));
        Assert.Equal(1, stream.Status.Unreadable);
        Assert.Contains("'vacuum/subscribe'", stream.Status.LastUnreadable, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Ready, home.Client.State);
    }
}
