using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HassSocket.Tests.Architecture;
using HassSocket.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Tests.Security;

/// <summary>Messages that are meant to hurt: only documented outcomes, and the socket lives on.</summary>
public sealed class HostileMessageTests
{
    private const string Doorbell = "doorbell";
    private static readonly string Deep = new string('[', 100_000) + new string(']', 100_000);

    [Theory]
    [InlineData("DEEP")]
    [InlineData("[DEEP]")]
    [InlineData("""{"a":DEEP,"type":"event","id":1}""")]
    [InlineData("""{"id":DEEP,"type":DEEP,"success":DEEP,"error":DEEP,"result":DEEP,"event":DEEP}""")]
    [InlineData("""{"id":null,"type":"result","success":false,"error":DEEP}""")]
    [InlineData("""{"id":1,"type":"event","event":{"event_type":"doorbell","data":DEEP}}""")]
    public async Task Nesting_of_a_hundred_thousand_levels_overflows_no_stack_and_costs_one_item(string frame)
    {
        await using var home = await Home.ReadyAsync();
        var heard = new Inbox<HassEvent>();
        using var subscription = home.Client.OnEvent(Doorbell).Subscribe(heard);
        await home.RoundTripAsync();

        home.House.Faults.SendRaw(frame.Replace("DEEP", Deep, StringComparison.Ordinal));
        home.House.FireEvent(Doorbell, new JsonObject { ["n"] = 1 });

        // An event is read when somebody reads it: the one that is too deep fails there.
        var heardNow = await heard.NextAsync();
        if (Record.Exception(() => heardNow.Data()) is { } tooDeep)
        {
            Assert.IsType<ProtocolViolationException>(tooDeep);
            heardNow = await heard.NextAsync();
        }

        Assert.Equal(1, heardNow.Data().GetProperty("n").GetInt32());
        await home.RoundTripAsync();
        Assert.Single(home.House.Connections);
    }

    [Fact]
    public async Task A_result_that_is_nested_absurdly_fails_its_caller_alone()
    {
        await using var home = await Home.ReadyAsync();
        home.House.OnCommand("fault/deep", _ => new TaskCompletionSource<JsonNode?>().Task);
        var asked = home.Client.SendMessageAsync("fault/deep");
        var id = (long)(await home.NthAsync(1, "fault/deep"))["id"]!;

        home.House.Faults.SendRaw($$"""{"id":{{id}},"type":"result","success":true,"result":{{Deep}}}""");

        var violation = await Assert.ThrowsAsync<ProtocolViolationException>(() => asked.WaitAsync(Home.Guard));
        Assert.Equal("fault/deep", violation.Command);
        await home.RoundTripAsync();
        Assert.Single(home.House.Connections);
    }

    [Fact]
    public async Task An_array_of_a_million_items_is_gone_through_and_floods_no_log()
    {
        await using var home = await Home.ReadyAsync();
        var heard = new Inbox<HassEvent>();
        using var subscription = home.Client.OnEvent(Doorbell).Subscribe(heard);
        await home.RoundTripAsync();
        var id = (long)home.SentOf("subscribe_events").Single()["id"]!;

        home.House.Faults.SendRaw(
            $$$"""[{{{string.Join(',', Enumerable.Repeat("5", 1_000_000))}}},{"id":{{{id}}},"type":"event","event":{"event_type":"doorbell","data":{"n":2} } }]""");

        Assert.Equal(2, (await heard.NextAsync()).Data().GetProperty("n").GetInt32());
        await home.RoundTripAsync();
        Assert.Single(home.House.Connections);
        Assert.InRange(home.Logs.From(LogLevel.Warning).Count(), 1, 21);
    }

    [Fact]
    public async Task A_type_that_a_message_names_is_text_and_nothing_else()
    {
        await using var home = await Home.ReadyAsync();
        var heard = new Inbox<HassEvent>();
        using var subscription = home.Client.OnEvent(Doorbell).Subscribe(heard);
        await home.RoundTripAsync();
        var id = (long)home.SentOf("subscribe_events").Single()["id"]!;
        const string Type = "System.IO.FileInfo, System.Private.CoreLib";

        home.House.Faults.SendRaw(
            $$$"""{"id":{{{id}}},"type":"event","event":{"$type":"{{{Type}}}","$id":"1","event_type":"doorbell","data":{"$type":"{{{Type}}}","$ref":"1","fileName":"/etc/passwd"} } }""");

        var data = (await heard.NextAsync()).Data();
        Assert.Equal(Type, data.GetProperty("$type").GetString());
        Assert.Equal("/etc/passwd", data.GetProperty("fileName").GetString());
    }

    [Fact]
    public void No_model_lets_a_message_choose_its_type()
    {
        var chosen = from name in Shipped.Names
                     from type in Shipped.Named(name.Data).GetTypes()
                     where type.IsDefined(typeof(JsonPolymorphicAttribute), false) || type.IsDefined(typeof(JsonDerivedTypeAttribute), false)
                     select type;

        Assert.Empty(chosen);
    }
}
