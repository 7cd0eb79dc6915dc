using System.Text;
using System.Text.Json.Serialization;
using Xunit;

namespace HassSocket.Tests.Model;

public sealed partial class HassEventTests
{
    [Fact]
    public void Everything_that_the_server_said_can_be_read()
    {
        var e = Event("""
            {"event_type":"hass_socket_probe","data":{"who":"postman","n":3},"origin":"LOCAL","time_fired":"2026-11-23T01:50:45.463546+00:00",
             "context":{"id":"01M831JDC8V0C6N7WGQ8GMZHAN","parent_id":null,"user_id":"4e801d2ac44d49a0a3983c010f4bbbc5"}}
            """);
        Assert.Equal("hass_socket_probe", e.EventType);
        Assert.Equal("LOCAL", e.Origin);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 1, 50, 45, TimeSpan.Zero).AddMicroseconds(463_546), e.TimeFired);
        Assert.Equal(new EventContext { Id = "01M831JDC8V0C6N7WGQ8GMZHAN", UserId = "4e801d2ac44d49a0a3983c010f4bbbc5" }, e.Context);
        Assert.Equal("postman", e.Data().GetProperty("who").GetString());
        Assert.Equal(new Visit("postman", 3), e.Data(VisitJson.Default.Visit));
    }

    [Theory]
    [InlineData("""{"event_type":"half\ud800","origin":"LOCAL"}""", "half\\ud800")]
    [InlineData("""{"half\ud800":1,"event_type":"whole","origin":"LOCAL"}""", "whole")]
    public void Half_a_surrogate_pair_costs_nothing_but_itself(string json, string type)
    {
        var e = Event(json);
        Assert.Equal((type, "LOCAL"), (e.EventType, e.Origin));
    }

    [Fact]
    public void A_time_without_a_fraction_is_a_time() =>
        Assert.Equal(new DateTimeOffset(2026, 8, 20, 9, 14, 3, TimeSpan.Zero), Event("""{"time_fired":"2026-08-20T09:14:03+00:00"}""").TimeFired);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"event_type":null,"data":null,"origin":null,"time_fired":"soon","context":null}""")]
    [InlineData("""{"event_type":{},"data":[1],"origin":[],"time_fired":{},"context":"01M8"}""")]
    [InlineData("[]")]
    public void What_the_server_left_out_or_changed_is_empty(string json)
    {
        var e = Event(json);
        Assert.Equal("", e.EventType);
        Assert.Equal("", e.Origin);
        Assert.Equal(default, e.TimeFired);
        Assert.Equal(EventContext.None, e.Context);
        Assert.Equal("{}", e.Data().GetRawText());
    }

    [Fact]
    public void An_event_keeps_its_bytes()
    {
        var e = Event("""{ "event_type" : "x" }""");
        Assert.Equal("""{ "event_type" : "x" }""", Encoding.UTF8.GetString(e.Json.Span));
        Assert.Equal("""{ "event_type" : "x" }""", e.ToString());
    }

    private static HassEvent Event(string json) => new(Encoding.UTF8.GetBytes(json));

    internal sealed record Visit(string Who, int N);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Visit))]
    internal sealed partial class VisitJson : JsonSerializerContext;
}
