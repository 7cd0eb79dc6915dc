using System.Buffers;
using System.Text;
using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Dialect;

public sealed class EnvelopeWalkTests
{
    [Theory]
    [InlineData("""{"type":"event","event":{"event_type":"x","data":{"a":["}"]}},"id":3}""")]
    [InlineData("""{"id":3,"type":"result","success":true,"result":null}""")]
    [InlineData("""{"id":3,"type":"result","success":true,"result":[1,{"a":"]"}]}""")]
    [InlineData("""{"id":3,"type":"result","success":false,"error":{"code":"c","message":"m"}}""")]
    [InlineData("""{"id":-3,"type":"pong"}""")]
    public void Frames_as_servers_write_them_are_walked_through(string frame)
    {
        var walk = new EnvelopeWalk(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(frame)), new byte[EnvelopeWalk.ScratchSize]);

        Assert.True(walk.TryReadItem(out _));
        Assert.True(walk.IsAtEnd);
    }

    [Theory]
    [InlineData("""{ "id":3,"type":"pong"}""")]
    [InlineData("""{"id":03,"type":"pong"}""")]
    [InlineData("""{"id":3.5,"type":"pong"}""")]
    [InlineData("""{"id":3,"type":"pong","new":1}""")]
    [InlineData("""{"id":3,"type":"pong\u0041"}""")]
    [InlineData("""{"id":3,"type":"event","event":"text"}""")]
    [InlineData("""{"id":3,"type":"event","event":{"a":1}""")]
    public void Whatever_else_is_left_to_the_reader_of_tokens(string frame)
    {
        var walk = new EnvelopeWalk(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(frame)), new byte[EnvelopeWalk.ScratchSize]);

        Assert.False(walk.TryReadItem(out _) && walk.IsAtEnd);
    }

    [Fact]
    public void An_array_that_becomes_unusual_gives_each_item_once()
    {
        var items = ItemList.Split("""[{"id":1,"type":"pong"},{"id":2,"type":"pong"}, {"id":3,"type":"pong"},{"id":4,"type":"new"}]""");

        Assert.Equal([1L, 2L, 3L, 4L], items.Select(item => item.Key!.Value));
    }

    [Fact]
    public void Garbage_behind_an_array_is_a_violation_although_its_items_were_taken()
    {
        var list = new ItemList();

        Assert.Throws<ProtocolViolationException>(
            () => FrameSplitter.Split(new ReadOnlySequence<byte>("""[{"id":1,"type":"pong"}]x"""u8.ToArray()), list));
        Assert.Single(list.Items);
    }

    [Fact]
    public void Compact_frames_in_pieces_of_any_size_give_the_same_items()
    {
        var frame = Encoding.UTF8.GetBytes(
            """[{"type":"event","event":{"c":{"light.a":{"+":{"s":"on","a":{"x":"a text \"}\" of more than thirty-two bytes"}}}}},"id":678},{"id":12345,"type":"result","success":true,"result":null},{"id":9,"type":"pong"}]""");
        var expected = ItemList.Split(new ReadOnlySequence<byte>(frame));

        for (var size = 1; size < frame.Length; size++) Assert.Equal(expected, ItemList.Split(Segments.Of(frame, size)));
        Assert.Equal(3, expected.Count);
    }
}
