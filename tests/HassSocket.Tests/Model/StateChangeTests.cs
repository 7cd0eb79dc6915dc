using System.Text;
using System.Text.Json;
using HassSocket.Dialect;
using Xunit;

namespace HassSocket.Tests.Model;

public sealed class StateChangeTests
{
    private const string Old = """{"entity_id":"light.desk","state":"off","attributes":{"text":"} \" {"},"last_changed":"2026-11-23T01:50:43.823311+00:00","context":{"id":"a"}}""";
    private const string New = """{"entity_id":"light.desk","state":"on","attributes":{"brightness":40},"last_changed":"2026-11-23T01:50:44+00:00","context":{"id":"b"}}""";

    [Fact]
    public void A_change_tells_the_entity_its_state_and_both_states_as_a_whole()
    {
        var change = Read($$$"""{"event_type":"state_changed","data":{"entity_id":"light.desk","old_state":{{{Old}}},"new_state":{{{New}}}},"origin":"LOCAL","context":{"id":"b"}}""");

        Assert.Equal(("light.desk", "on"), (change.EntityId, change.State));
        Assert.Equal("off", change.OldState!.State);
        Assert.Equal(40, change.NewState!.Attribute("brightness")!.Value.GetInt32());
        Assert.Equal("b", change.Event.Context.Id);
        Assert.Equal("light.desk is on", change.ToString());
    }

    [Theory]
    [InlineData("""{"event_type":"state_changed","data":{"entity_id":"light.desk","old_state":null,"new_state":{"entity_id":"light.desk","state":"on"}}}""", "on")]
    [InlineData("""{"event_type":"state_changed","data":{"entity_id":"light.desk","old_state":{"a":1},"new_state":null}}""", null)]
    [InlineData("""{"data":{"new_state":{"attributes":{"state":"no"},"state":"o\u006e"},"entity_id":"light.desk"},"event_type":"state_changed"}""", "on")]
    [InlineData("""{"event_type":"state_changed","data":{"entity_id":"light.d\u0065sk","old_state":null,"new_state":{"entity_id":"light.desk","state":"on"}}}""", "on")]
    [InlineData(""" { "data" : { "entity_id" : "light.desk" , "new_state" : { "state" : 5 } } } """, "5")]
    [InlineData("""{"event_type":"state_changed","data":{"entity_id":"light.desk","old_state":null,"new_state":{"state":"on"}}}""", "on")]
    public void A_change_is_read_whatever_the_order_and_writing_of_its_members(string json, string? state)
    {
        var change = Read(json);

        Assert.Equal(("light.desk", state), (change.EntityId, change.State));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":5}""")]
    [InlineData("""{"data":{"new_state":null}}""")]
    [InlineData("""{"event_type":"state_changed","data":{"entity_id":"light.desk""")]
    public void What_is_no_change_of_a_state_says_so(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    [Fact]
    public void Ids_that_come_again_are_the_same_text()
    {
        Assert.Same(Names.Of("sensor.known"u8), Names.Of("sensor.known"u8));
        Assert.Equal("sensor.küche", Names.Of("sensor.küche"u8));
        Assert.Equal(new string('x', 400), Names.Of(Encoding.UTF8.GetBytes(new string('x', 400))));
    }

    private static StateChange Read(string json) => new(Encoding.UTF8.GetBytes(json));
}
