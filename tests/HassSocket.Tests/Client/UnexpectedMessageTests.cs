using System.Text.Json.Nodes;
using HassSocket.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Tests.Client;

/// <summary>What a server, or something in between, should not have said: what the user sees of it, and that the socket lives on.</summary>
public sealed class UnexpectedMessageTests
{
    private const string Doorbell = "doorbell";

    [Theory]
    [InlineData("<html><body>502 Bad Gateway, s3cret</body></html>")]
    [InlineData("""{"id":1,"type":"result","success":true,"result":"s3cret""")]
    [InlineData("")]
    public async Task Frame_that_is_not_json_ends_the_session_with_a_clear_reason_and_is_healed(string frame)
    {
        await using var home = await Home.ReadyAsync();
        var heard = new Inbox<HassEvent>();
        using var subscription = home.Client.OnEvent(Doorbell).Subscribe(heard);
        await home.RoundTripAsync();

        home.House.Faults.SendRaw(frame);
        var backoff = await home.UntilAsync(ConnectionState.Backoff);
        await home.ReturnAsync(backoff);

        Assert.Equal(EndReason.ProtocolViolation, backoff.Reason);
        Assert.Contains("that is not JSON", backoff.Explanation, StringComparison.Ordinal);
        Assert.Contains("proxy", backoff.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain(home.Logs.Entries, entry => entry.ToString().Contains("s3cret", StringComparison.Ordinal));
        await home.RoundTripAsync();
        home.House.FireEvent(Doorbell);
        Assert.Equal(Doorbell, (await heard.NextAsync()).EventType);
    }

    [Theory]
    [InlineData("""{"id":1,"type":"weather_report","rain":true}""")]
    [InlineData("""{"type":"weather_report"}""")]
    [InlineData("""{"id":987654,"type":"result","success":true,"result":null}""")]
    [InlineData("""{"id":987654,"type":"result","success":false,"error":{"code":"not_found","message":"What?"}}""")]
    [InlineData("""{"id":987654,"type":"event","event":{"event_type":"doorbell","data":{}}}""")]
    [InlineData("""{"id":987654,"type":"pong"}""")]
    [InlineData("""{"id":null,"type":"result","success":true,"result":null}""")]
    [InlineData("""{"id":"seven","type":"event","event":{}}""")]
    [InlineData("""{"id":1.5,"type":"result","success":true,"result":null}""")]
    [InlineData("""[{"id":987654,"type":"event","event":{}},5,null,"text",[],{}]""")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"hello\"")]
    public async Task Message_that_nobody_asked_for_is_dropped_and_disturbs_nobody(string frame)
    {
        await using var home = await Home.ReadyAsync();
        var heard = new Inbox<HassEvent>();
        using var subscription = home.Client.OnEvent(Doorbell).Subscribe(heard);
        await home.RoundTripAsync();

        home.House.Faults.SendRaw(frame);
        home.House.FireEvent(Doorbell, new JsonObject { ["n"] = 1 });

        Assert.Equal(1, (await heard.NextAsync()).Data().GetProperty("n").GetInt32());
        await home.RoundTripAsync();
        Assert.True(heard.IsEmpty);
        Assert.Equal(ConnectionState.Ready, home.Client.State);
        Assert.Single(home.House.Connections);
        Assert.DoesNotContain(home.Logs.From(LogLevel.Error), _ => true);
        Assert.All(home.Logs.From(LogLevel.Warning), entry => Assert.Contains(entry.Id, new[] { 202, 204 }));
    }

    [Fact]
    public async Task Result_of_the_wrong_shape_names_command_id_and_path_and_costs_only_its_caller()
    {
        await using var home = await Home.ReadyAsync();
        home.House.OnCommand("get_states", _ => Task.FromResult<JsonNode?>(JsonNode.Parse("""[{"entity_id":"sun.sun"},{"entity_id":"a.b","context":[]}]""")));

        var violation = await Assert.ThrowsAsync<ProtocolViolationException>(() => home.Client.GetStatesAsync().WaitAsync(Home.Guard));

        var id = (long)home.SentOf("get_states").Single()["id"]!;
        Assert.Equal(("get_states", id, "$[1].context"), (violation.Command, violation.Key, violation.Path));
        Assert.Contains($"'get_states' (id {id}) is not of the expected shape at $[1].context", violation.Message, StringComparison.Ordinal);
        await home.RoundTripAsync();
        Assert.Single(home.House.Connections);
    }

    [Fact]
    public async Task Event_of_the_wrong_shape_is_skipped_and_its_command_and_path_are_told()
    {
        await using var home = await Home.ReadyAsync();
        home.House.OnCommand("subscribe_trigger", command =>
        {
            command.KeepSubscribed(() => { });
            command.SendEvent(JsonNode.Parse("""{"variables":{},"context":[]}"""));
            command.SendEvent(JsonNode.Parse("""{"variables":{"trigger":{"id":"good"}}}"""));
            return Task.FromResult<JsonNode?>(null);
        });
        var stream = home.Client.SubscribeTrigger(new JsonObject { ["trigger"] = "event" });
        var fired = new Inbox<TriggerFired>();
        using var subscription = stream.Subscribe(fired);

        Assert.Equal("good", (await fired.NextAsync()).Id);

        Assert.Equal(1, stream.Status.Unreadable);
        foreach (var fact in new[] { "'subscribe_trigger'", "$.context" }) Assert.Contains(fact, stream.Status.LastUnreadable, StringComparison.Ordinal);
        Assert.Contains("$.context", (await home.Logs.WaitForAsync(311, Home.Guard)).Text, StringComparison.Ordinal);
        Assert.Single(home.House.Connections);
    }

    [Fact]
    public async Task Result_above_the_size_cap_names_size_limit_command_and_option_and_is_not_asked_for_again()
    {
        await using var home = await Home.ReadyAsync(options => options.MaxMessageBytes = 20_000);
        await home.RoundTripAsync();

        var violation = await Assert.ThrowsAsync<ProtocolViolationException>(() => home.Client.GetStatesAsync().WaitAsync(Home.Guard));

        Assert.Equal("get_states", violation.Command);
        Assert.Matches("'get_states' was thrown away: it has [0-9,]+ bytes, more than the 20,000 that MaxMessageBytes allows", violation.Message);
        await home.RoundTripAsync();
        Assert.Single(home.SentOf("get_states"));
        Assert.Single(home.House.Connections);
    }

    [Fact]
    public async Task Snapshot_above_the_size_cap_ends_its_stream_once_and_the_socket_does_not_loop()
    {
        await using var home = await Home.ReadyAsync(options => options.MaxMessageBytes = 20_000);
        await home.RoundTripAsync();
        var changes = new Inbox<EntitiesChange>();
        using var subscription = home.Client.SubscribeEntities().Subscribe(changes);

        var violation = await Assert.ThrowsAsync<ProtocolViolationException>(() => changes.Completion);

        // The result of the subscription stood in the same array, and others could have: so the session does not outlive it.
        Assert.Equal("subscribe_entities", violation.Command);
        foreach (var fact in new[] { "20,000", "MaxMessageBytes" }) Assert.Contains(fact, violation.Message, StringComparison.Ordinal);
        await home.ReturnAsync(await home.UntilAsync(ConnectionState.Backoff));
        await home.RoundTripAsync();
        Assert.Single(home.SentOf("subscribe_entities"));
        Assert.Equal(2, home.House.Connections.Count);
    }
}
