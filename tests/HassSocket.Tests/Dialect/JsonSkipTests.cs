using System.Text;
using System.Text.Json;
using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Dialect;

public sealed class JsonSkipTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[[],{},[{}]]")]
    [InlineData("""{"a":"}","b":["]","\"}","\\"],"c":"\\\"}"}""")]
    [InlineData("""{"text":"a long text that goes beyond the first 32 bytes, with } and ] and \" and \\ in it","n":[1,2,{"x":"{"}]}""")]
    [InlineData("""["Küche","\u007d","🏠]"]""")]
    public void The_end_of_a_value_is_where_its_bracket_is_closed(string value)
    {
        var json = Encoding.UTF8.GetBytes(value + ""","more":{"x":1}}]""");

        Assert.Equal(Encoding.UTF8.GetByteCount(value), JsonSkip.LengthOf(json));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"a":"}""")]
    [InlineData("""{"a":"\"}""")]
    [InlineData("""[{"a":[1,2,3],"b":"a text that is longer than one block of bytes"}""")]
    public void What_has_no_end_has_no_length(string json)
    {
        Assert.Equal(0, JsonSkip.LengthOf(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(0, JsonSkip.LengthOf(Segments.Of(Encoding.UTF8.GetBytes(json), 3)));
    }

    [Fact]
    public void Backslashes_and_quotes_are_understood_wherever_blocks_begin()
    {
        for (var shift = 0; shift < 70; shift++)
        {
            var value = $$"""{"{{new string('x', shift)}}":"\\\"}\\","b":"\\\\","c":["\\\"]"]}""";
            var json = Encoding.UTF8.GetBytes(value + ",}");
            Assert.Equal(value.Length, JsonSkip.LengthOf(json));
            for (var size = 1; size < 40; size += 7) Assert.Equal(value.Length, JsonSkip.LengthOf(Segments.Of(json, size)));
        }
    }

    [Fact]
    public void Random_values_end_where_a_reader_of_tokens_ends()
    {
        var random = new Random(20261128);
        for (var i = 0; i < 500; i++)
        {
            var value = RandomJson.Write(random);
            var json = new byte[value.Length + 40];
            json.AsSpan().Fill((byte)'}');
            value.CopyTo(json, 0);
            var reader = new Utf8JsonReader(value);
            reader.Read();
            reader.Skip();

            Assert.Equal(reader.BytesConsumed, JsonSkip.LengthOf(json));
            Assert.Equal(reader.BytesConsumed, JsonSkip.LengthOf(Segments.Of(json, random.Next(1, 100))));
        }
    }
}
