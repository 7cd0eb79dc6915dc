using System.Text;
using System.Text.Json.Nodes;
using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Commands;

public sealed class SubscriptionTests : IAsyncDisposable
{
    private readonly AskedSocket _socket = new();

    private string Sent => Assert.Single(_socket.Sent);

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    [Fact]
    public void Events_are_asked_for_by_type()
    {
        _socket.OnEvent("doorbell");
        Assert.Equal("""{"id":7,"type":"subscribe_events","event_type":"doorbell"}""", Sent);
        Assert.Throws<ArgumentException>(() => _socket.OnEvent(" "));
    }

    [Fact]
    public void All_events_take_a_call_of_their_own()
    {
        _socket.OnAllEvents();
        Assert.Equal("""{"id":7,"type":"subscribe_events"}""", Sent);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("state_changed", true)]
    [InlineData("doorbell", false)]
    public void Events_of_everything_are_wide(string eventType, bool isWide) => Assert.Equal(isWide, new EventSubscription(eventType).IsWide);

    [Fact]
    public void An_event_wraps_the_shared_bytes_and_anything_else_is_no_event()
    {
        var item = Encoding.UTF8.GetBytes("""{"event_type":"doorbell","data":{"entity_id":"bell.a","nested":{"entity_id":"b"}}}""");
        var subscription = new EventSubscription("doorbell");
        var e = ResultReader.ReadItem(subscription, item, isFirst: true);
        Assert.Equal("doorbell", e.EventType);
        Assert.True(e.Json.Span.Overlaps(item));
        Assert.Equal("bell.a", subscription.ReadKey(item, "entity_id"));
        Assert.Null(subscription.ReadKey(item, "device_id"));
        Assert.Equal("subscribe_events", Assert.Throws<ProtocolViolationException>(() => ResultReader.ReadItem(subscription, "[]"u8.ToArray(), false)).Command);
    }

    [Fact]
    public void Triggers_are_asked_for_as_in_an_automation()
    {
        var trigger = new JsonObject { ["trigger"] = "state", ["entity_id"] = "binary_sensor.hall" };
        _socket.SubscribeTrigger(trigger, new JsonObject { ["x"] = 1 });
        Assert.Equal(
            """{"id":7,"type":"subscribe_trigger","trigger":{"trigger":"state","entity_id":"binary_sensor.hall"},"variables":{"x":1}}""", Sent);
        Assert.Throws<ArgumentException>(() => _socket.SubscribeTrigger(JsonValue.Create("sunset")));
    }

    [Fact]
    public void A_trigger_that_fired_tells_what_and_why()
    {
        var fired = Read(new TriggerSubscription(new JsonObject()), """
            {"variables":{"trigger":{"id":"went_on","idx":"0","alias":null,"platform":"state","entity_id":"light.bed_light","to_state":{"state":"on"},"description":"state of light.bed_light"},"x":1},
             "context":{"id":"01M8","parent_id":null,"user_id":"u"}}
            """);
        Assert.Equal(("went_on", "state", "state of light.bed_light"), (fired.Id, fired.Platform, fired.Description));
        Assert.Equal("on", fired.Trigger.GetProperty("to_state").GetProperty("state").GetString());
        Assert.Equal(1, fired.Variables.GetProperty("x").GetInt32());
        Assert.Equal("u", fired.Context.UserId);
    }

    [Fact]
    public void A_trigger_of_time_has_no_cause() => Assert.Equal(
        EventContext.None,
        Read(new TriggerSubscription(new JsonObject()), """{"variables":{"trigger":{"id":"0","platform":"time_pattern"}},"context":null}""").Context);

    [Fact]
    public void Entities_are_filtered_by_the_server()
    {
        _socket.SubscribeEntities();
        _socket.SubscribeEntities(EntityFilter.Entities("light.a", "light.b"));
        _socket.SubscribeEntities(EntityFilter.Domains("light") with { Exclude = new() { EntityGlobs = ["light.x_*"], Entities = ["light.y"] } });
        Assert.Equal(
            [
                """{"id":7,"type":"subscribe_entities"}""",
                """{"id":7,"type":"subscribe_entities","entity_ids":["light.a","light.b"]}""",
                """{"id":7,"type":"subscribe_entities","include":{"domains":["light"]},"exclude":{"entity_globs":["light.x_*"],"entities":["light.y"]}}""",
            ],
            _socket.Sent);
    }

    [Fact]
    public void A_filter_whose_lists_change_later_is_restored_as_it_was()
    {
        List<string> ids = ["light.a"], domains = ["light"], hidden = ["light.x"];
        var filter = new EntityFilter { EntityIds = ids, Include = new() { Domains = domains }, Exclude = new() { Entities = hidden } };
        var subscription = new EntitiesSubscription(filter);

        ids.Clear();
        domains.Add("switch");
        hidden.Clear();

        Assert.Equal(
            """{"type":"subscribe_entities","entity_ids":["light.a"],"include":{"domains":["light"]},"exclude":{"entities":["light.x"]}}""",
            "{" + Utf8.Written(body => RequestEncoder.Encode(body, subscription.Type, subscription.WriteFields)));
    }

    [Fact]
    public void Empty_lists_of_entities_mean_all_to_the_server_and_are_refused()
    {
        Assert.Contains("means all", Assert.Throws<ArgumentException>(() => _socket.SubscribeEntities(EntityFilter.Entities([]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _socket.SubscribeEntities(new EntityFilter { Include = new() }));
        Assert.Empty(_socket.Sent);
    }

    [Fact]
    public void Only_entities_without_a_positive_filter_are_wide()
    {
        Assert.True(new EntitiesSubscription().IsWide);
        Assert.True(new EntitiesSubscription(new EntityFilter { Exclude = new() { Domains = ["sun"] } }).IsWide);
        Assert.False(new EntitiesSubscription(EntityFilter.Entities("light.a")).IsWide);
        Assert.False(new EntitiesSubscription(EntityFilter.Domains("light")).IsWide);
        Assert.Equal(SubscriptionSharing.Snapshot, new EntitiesSubscription().Sharing);
    }

    [Fact]
    public void Any_subscription_goes_through_the_raw_door()
    {
        _socket.Subscribe("todo/item/subscribe", new JsonObject { ["entity_id"] = "todo.a" });
        Assert.Equal("""{"id":7,"type":"todo/item/subscribe","entity_id":"todo.a"}""", Sent);
        var subscription = Assert.IsType<RawSubscription>(_socket.LastSubscription);
        Assert.Equal("""{"items":[]}""", Read(subscription, """{"items":[]}""").GetRawText());
    }

    [Theory]
    [InlineData("subscribe_events", "{}", SubscriptionSharing.Shared, true)]
    [InlineData("subscribe_events", """{"event_type":"state_changed"}""", SubscriptionSharing.Shared, true)]
    [InlineData("subscribe_events", """{"event_type":"doorbell"}""", SubscriptionSharing.Shared, false)]
    [InlineData("subscribe_entities", "{}", SubscriptionSharing.Snapshot, true)]
    [InlineData("subscribe_entities", """{"entity_ids":[]}""", SubscriptionSharing.Snapshot, true)]
    [InlineData("subscribe_entities", """{"entity_ids":["light.a"]}""", SubscriptionSharing.Snapshot, false)]
    [InlineData("render_template", """{"template":"x"}""", SubscriptionSharing.Snapshot, false)]
    public void What_comes_through_the_raw_door_is_known_for_what_it_is(string type, string fields, SubscriptionSharing sharing, bool isWide)
    {
        var subscription = new RawSubscription(type, JsonNode.Parse(fields)!.AsObject());
        Assert.Equal((sharing, isWide), (subscription.Sharing, subscription.IsWide));
    }

    [Fact]
    public void The_engine_sees_a_subscription_as_its_source()
    {
        var source = new HassSubscriptionSource<EntitiesChange>(new EntitiesSubscription());
        Assert.Equal(("subscribe_entities", SubscriptionSharing.Snapshot, true), (source.Name, source.Sharing, source.IsWide));
        Assert.Equal("""
            "type":"subscribe_entities"}
            """, Utf8.Written(body => source.Encode(body, "ignored")));
    }

    private static T Read<T>(HassSubscription<T> subscription, string item) =>
        ResultReader.ReadItem(subscription, Encoding.UTF8.GetBytes(item), isFirst: false);
}
