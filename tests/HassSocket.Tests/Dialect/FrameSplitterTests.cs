using System.Buffers;
using System.Text;
using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Dialect;

public class FrameSplitterTests
{
    [Theory]
    [InlineData("""{"id":7,"type":"result","success":true,"result":{"a":[1,2]}}""", WireItemKind.Result, 7L, """{"a":[1,2]}""")]
    [InlineData("""{"id":7,"type":"result","success":true,"result":null}""", WireItemKind.Result, 7L, "null")]
    [InlineData("""{"id":7,"type":"result","success":true}""", WireItemKind.Result, 7L, "null")]
    [InlineData("""{"result":"x","success":true,"type":"result","id":7}""", WireItemKind.Result, 7L, "\"x\"")]
    [InlineData(""" { "id" : 7 , "type" : "result" , "success" : true , "result" : [ 1 ] } """, WireItemKind.Result, 7L, "[ 1 ]")]
    [InlineData("""{"id":7,"type":"result","success":false,"error":{"code":"not_found","message":"x"}}""", WireItemKind.Error, 7L, """{"code":"not_found","message":"x"}""")]
    [InlineData("""{"id":7,"type":"result","success":false}""", WireItemKind.Error, 7L, "null")]
    [InlineData("""{"type":"event","event":{"data":{"id":1,"type":"result"}},"id":5}""", WireItemKind.Item, 5L, """{"data":{"id":1,"type":"result"}}""")]
    [InlineData("""{"id":5,"type":"event","event":null}""", WireItemKind.Item, 5L, "null")]
    [InlineData("""{"id":5,"type":"pong"}""", WireItemKind.Pong, 5L, "null")]
    [InlineData("""{"i\u0064":5,"t\u0079pe":"po\u006eg"}""", WireItemKind.Pong, 5L, "null")]
    [InlineData("""{"id":1,"type":"pong","id":2}""", WireItemKind.Pong, 2L, "null")]
    [InlineData("""{"id":9223372036854775807,"type":"pong"}""", WireItemKind.Pong, long.MaxValue, "null")]
    public void Known_messages_are_told_apart_whatever_the_order_of_their_members(string frame, WireItemKind kind, long? key, string payload)
    {
        Assert.Equal([(kind, key, payload)], ItemList.Split(frame));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    [InlineData("1.0")]
    [InlineData("true")]
    [InlineData("1e+23")]
    [InlineData("9223372036854775808")]
    [InlineData("{\"id\":3}")]
    [InlineData("[3]")]
    public void An_id_that_is_no_whole_number_means_no_key(string id)
    {
        var item = Assert.Single(ItemList.Split($$$"""{"id":{{{id}}},"type":"result","success":false,"error":{"code":"invalid_format","message":"m"}}"""));
        Assert.Equal(WireItemKind.Error, item.Kind);
        Assert.Null(item.Key);
    }

    [Theory]
    [InlineData("42")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":"new_thing","id":3}""")]
    [InlineData("""{"type":5,"id":3}""")]
    [InlineData("""{"type":{"type":"pong"},"id":3}""")]
    [InlineData("""{"type":"result","id":3,"success":"yes","result":1}""")]
    [InlineData("""{"type":"result","id":3,"result":1}""")]
    [InlineData("""{"type":"event","id":3}""")]
    public void What_is_not_known_is_handed_over_whole_and_ends_nothing(string frame)
    {
        var item = Assert.Single(ItemList.Split(frame));
        Assert.Equal(WireItemKind.Unknown, item.Kind);
        Assert.Equal(frame, item.Payload);
    }

    [Fact]
    public void An_array_gives_its_items_in_order_and_each_fails_alone()
    {
        var items = ItemList.Split("""
            [{"id":3,"type":"result","success":true,"result":{}}, 17, [{"id":1,"type":"pong"}], {"type":"event","event":{"a":1},"id":2}, null]
            """);
        Assert.Equal(
            [
                (WireItemKind.Result, 3, "{}"),
                (WireItemKind.Unknown, null, "17"),
                (WireItemKind.Unknown, null, """[{"id":1,"type":"pong"}]"""),
                (WireItemKind.Item, 2, """{"a":1}"""),
                (WireItemKind.Unknown, (long?)null, "null"),
            ],
            items);
    }

    [Fact]
    public void Arrays_of_no_and_of_one_item_are_normal()
    {
        Assert.Empty(ItemList.Split("[]"));
        Assert.Equal([(WireItemKind.Pong, 1, "null")], ItemList.Split("""[{"id":1,"type":"pong"}]"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("secret")]
    [InlineData("{\"id\":1,\"type\":\"pong\"")]
    [InlineData("{\"id\":1,\"type\":\"pong\"}{\"id\":2,\"type\":\"pong\"}")]
    [InlineData("{\"id\":1,\"type\":\"event\",\"event\":NaN}")]
    [InlineData("\uFEFF{\"id\":1,\"type\":\"pong\"}")]
    [InlineData("<html>secret</html>")]
    public void A_frame_that_is_not_json_is_a_violation_that_shows_nothing_of_it(string frame)
    {
        var list = new ItemList();
        var violation = Assert.Throws<ProtocolViolationException>(
            () => FrameSplitter.Split(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(frame)), list));
        Assert.Empty(list.Items);
        Assert.Contains("not JSON", violation.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", violation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_that_is_nested_absurdly_does_not_fail_its_frame()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        var items = ItemList.Split($$"""[{"id":1,"type":"event","event":{{deep}}},{"id":2,"type":"pong"}]""");
        Assert.Equal([(WireItemKind.Item, 1, deep), (WireItemKind.Pong, 2, "null")], items);
    }

    [Fact]
    public void A_message_in_pieces_of_any_size_gives_the_same_items()
    {
        var frame = """
            [ {"id":12345,"type":"result","success":true,"result":{"text":"Küche \u00e4 \"x\"","n":-12.5e3,"list":[true,null]}} ,
              {"type":"event","event":{"c":{"light.a":{"+":{"s":"on"}}}},"id":678}, {"id":9,"type":"pong"}, 123456 ]
            """;
        var bytes = Encoding.UTF8.GetBytes(frame);
        var expected = ItemList.Split(frame);
        for (var size = 1; size < bytes.Length; size++) Assert.Equal(expected, ItemList.Split(Segments.Of(bytes, size)));
    }

    [Fact]
    public void Payloads_are_slices_of_the_message_and_cost_no_memory()
    {
        var frame = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes("""[{"type":"event","event":{"data":{"entity_id":"light.a"}},"id":2},{"id":3,"type":"pong"}]"""));
        var sink = new Counter();
        FrameSplitter.Split(frame, sink);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) FrameSplitter.Split(frame, sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(202, sink.Count);
    }

    private sealed class Counter : IItemSink
    {
        public int Count { get; private set; }

        public void Take(in WireItem item) => Count++;
    }
}
