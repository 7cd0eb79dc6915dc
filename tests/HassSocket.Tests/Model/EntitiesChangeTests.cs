using System.Text;
using HassSocket.Dialect;
using Xunit;

namespace HassSocket.Tests.Model;

public class EntitiesChangeTests
{
    [Fact]
    public void The_first_event_is_a_snapshot_of_whole_states()
    {
        var change = Read(
            """
            {"a":{"scene.evening":{"s":"unknown","a":{"entity_id":["light.bed_light"],"friendly_name":"Evening"},"c":"01M831CY5TFYSGFRE8CSDGYWPT","lc":1795398465.7227159},
                  "script.greet":{"s":"off","a":{},"c":{"id":"01M831DM2Z","parent_id":"01M831DM2Y","user_id":"u"},"lc":1795398465.5,"lu":1795398466.25}}}
            """,
            isFirst: true);
        Assert.True(change.IsSnapshot);
        Assert.Empty(change.Changed);
        Assert.Empty(change.Removed);
        var evening = change.Added[0];
        Assert.Equal(("scene.evening", "unknown"), (evening.EntityId, evening.State));
        Assert.Equal(new EventContext { Id = "01M831CY5TFYSGFRE8CSDGYWPT" }, evening.Context);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_795_398_465).AddMicroseconds(722_716), evening.LastChanged);
        Assert.Equal(evening.LastChanged, evening.LastUpdated);
        Assert.Null(evening.LastReported);
        Assert.Equal(new EventContext { Id = "01M831DM2Z", ParentId = "01M831DM2Y", UserId = "u" }, change.Added[1].Context);
        Assert.Equal(TimeSpan.FromSeconds(0.75), change.Added[1].LastUpdated - change.Added[1].LastChanged);
    }

    [Fact]
    public void A_house_without_entities_is_a_snapshot_too()
    {
        var change = Read("""{"a":{}}""", isFirst: true);
        Assert.True(change.IsSnapshot);
        Assert.Empty(change.Added);
    }

    [Fact]
    public void Differences_turn_one_state_into_the_next()
    {
        var state = Assert.Single(Read(
            """{"a":{"light.desk":{"s":"off","a":{"friendly_name":"Desk"},"c":"01A","lc":1755681243}}}""", isFirst: true).Added);
        state = Apply(state, """{"c":{"light.desk":{"+":{"s":"on","lc":1755681250.5,"c":{"user_id":"8f0c","id":"01B"},"a":{"brightness":90,"effect":null}}}}}""");
        Assert.Equal(("on", """{"friendly_name":"Desk","brightness":90,"effect":null}"""), (state.State, state.Attributes.GetRawText()));
        Assert.Equal(new EventContext { Id = "01B", UserId = "8f0c" }, state.Context);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_755_681_250_500), state.LastUpdated);

        state = Apply(state, """{"c":{"light.desk":{"+":{"lu":1755681251,"c":"01C","a":{"brightness":91}}}}}""");
        Assert.Equal(("on", """{"friendly_name":"Desk","effect":null,"brightness":91}"""), (state.State, state.Attributes.GetRawText()));
        Assert.Equal(new EventContext { Id = "01C", UserId = "8f0c" }, state.Context);
        Assert.Equal(TimeSpan.FromSeconds(0.5), state.LastUpdated - state.LastChanged);

        state = Apply(state, """{"c":{"light.desk":{"+":{"s":"off","lc":1755681260.25,"c":{"user_id":null,"id":"01D"}},"-":{"a":["brightness","effect"]}}}}""");
        Assert.Equal(("off", """{"friendly_name":"Desk"}"""), (state.State, state.Attributes.GetRawText()));
        Assert.Equal(new EventContext { Id = "01D" }, state.Context);
    }

    [Fact]
    public void A_forced_update_moves_the_time_alone()
    {
        var before = new EntityState { EntityId = "a.b", State = "x", LastChanged = DateTimeOffset.UnixEpoch };
        var after = Apply(before, """{"c":{"a.b":{"+":{"lu":5}}}}""");
        Assert.Equal(before with { LastUpdated = DateTimeOffset.UnixEpoch.AddSeconds(5) }, after);
    }

    [Fact]
    public void Entities_that_are_gone_are_named()
    {
        var change = Read("""{"r":["light.desk"]}""", isFirst: false);
        Assert.False(change.IsSnapshot);
        Assert.Equal(["light.desk"], change.Removed);
    }

    private static EntityState Apply(EntityState before, string item) => Assert.Single(Read(item, isFirst: false).Changed).ApplyTo(before);

    private static EntitiesChange Read(string item, bool isFirst) =>
        ResultReader.ReadItem(new EntitiesSubscription(), Encoding.UTF8.GetBytes(item), isFirst);
}
