using System.Text.Json;
using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Dialect;

public class RequestEncoderTests
{
    [Fact]
    public void A_body_is_everything_but_the_id_and_readable_as_it_is() => Assert.Equal(
        """
        "type":"x","text":"Küche <b> & '\"ok\"'","n":1}
        """,
        Encode(writer =>
        {
            writer.WriteString("text", "Küche <b> & '\"ok\"'");
            writer.WriteNumber("n", 1);
        }));

    [Fact]
    public void A_command_without_fields_is_its_type() => Assert.Equal("""
        "type":"x"}
        """, Encode(_ => { }));

    [Theory]
    [InlineData("id")]
    [InlineData("type")]
    public void Id_and_type_are_not_for_commands_to_write(string name)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Encode(writer => writer.WriteString(name, "mine")));
        Assert.Contains($"\"{name}\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'x'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Id_and_type_further_in_are_anybodys() => Assert.Equal(
        """
        "type":"x","trigger":{"id":"a","type":"b"}}
        """,
        Encode(writer =>
        {
            writer.WriteStartObject("trigger");
            writer.WriteString("id", "a");
            writer.WriteString("type", "b");
            writer.WriteEndObject();
        }));

    [Fact]
    public void An_object_that_is_left_open_is_refused_and_the_next_command_is_whole()
    {
        Assert.Contains(
            "open",
            Assert.Throws<InvalidOperationException>(() => Encode(writer => writer.WriteStartObject("a"))).Message,
            StringComparison.Ordinal);
        Assert.Equal("""
            "type":"x"}
            """, Encode(_ => { }));
    }

    [Fact]
    public void A_command_may_encode_another_while_it_is_encoded()
    {
        var outer = Encode(writer => writer.WriteString("inner", Encode(inner => inner.WriteNumber("n", 2))));
        Assert.Equal("""
            "type":"x","inner":"\"type\":\"x\",\"n\":2}"}
            """, outer);
    }

    private static string Encode(Action<Utf8JsonWriter> fields) => Utf8.Written(body => RequestEncoder.Encode(body, "x", fields));
}
