using System.Buffers;
using System.Text;
using HassSocket.Dialect;
using Xunit;

namespace HassSocket.Tests.Dialect;

public sealed class WrittenDifferenceTests
{
    private const string House = """
        {"a":{"light.desk":{"s":"off","a":{"brightness":3,"effects":["a"]},"c":{"id":"01M831JC3W7QAYY4BFTD8KAWCQ","parent_id":"01M8P","user_id":"me"},"lc":1795398465.72},"sensor.räume":{"s":"1","a":{},"c":"01M831JC4HT96Y8J64VJC5YHQT","lc":1795398465.72,"lu":1795398470}}}
        """;

    [Theory]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","lc":1795398643.25,"c":"01M831JC4HT96Y8J64VJC5YHQX","a":{"brightness":7}}}}}""", true)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","lc":1795398643.9467502,"c":"01M831JC4HT96Y8J64VJC5YHQX"}}}}""", true)]
    [InlineData("""{"c":{"light.desk":{"+":{"lu":1795398643,"a":{"brightness":7,"text":"a } \" {"}}}}}""", true)]
    [InlineData("""{"c":{"light.desk":{"+":{"lu":1795398643.25,"c":"01M831JC4HT96Y8J64VJC5YHQX"}}}}""", true)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"","lc":0,"a":{}}}}}""", true)]
    [InlineData("""{"c":{"sensor.räume":{"+":{"s":"größer","lc":1795398643.25}}}}""", true)]
    [InlineData("""{"c":{"light.nowhere":{"+":{"s":"on","lc":1795398643.25}}}}""", true)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"o\u006e","lc":1795398643.25}}}}""", false)]
    [InlineData("""{"c":{"light.des\u006b":{"+":{"s":"on","lc":1795398643.25}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","lc":17953986e2}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","lc":-5.5}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","lc":"2026-11-23T01:52:26.946301+00:00"}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","c":"01M831JC4HT96Y8J64VJC5YHQX"}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","lc":1795398643.25,"c":{"user_id":null,"id":"01M8"}}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","lc":1795398643.25},"-":{"a":["effects"]}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"-":{"a":["effects"]}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","a":{"x":1},"lc":1795398643.25}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","lc":1795398643.25}},"sensor.räume":{"+":{"s":"2","lc":1795398643.25}}}}""", false)]
    [InlineData("""{"c":{"light.desk":{"+":{"s":"on","lc":1795398643.25}}},"r":["sensor.räume"]}""", false)]
    [InlineData("""{"c":{}}""", false)]
    [InlineData("""{"a":{"light.new":{"s":"on","a":{},"c":"01M8","lc":1795398643.25}}}""", false)]
    public void A_difference_means_the_same_however_it_is_read(string item, bool isFound)
    {
        Assert.Equal(isFound, WrittenDifference.TryFind(Encoding.UTF8.GetBytes(item), out _));
        // A blank is what no server writes: such an item is read token by token.
        Assert.Equal(ChangesBy("{ " + item[1..]), ChangesBy(item));
    }

    private static List<object> ChangesBy(string item)
    {
        var fold = new EntityFold();
        var changes = new List<object>();
        fold.Fold(SequenceOf(House.Trim()), isBase: true);
        fold.Fold(SequenceOf(item), isBase: false, changes);
        return changes;
    }

    private static ReadOnlySequence<byte> SequenceOf(string text) => new(Encoding.UTF8.GetBytes(text));
}
