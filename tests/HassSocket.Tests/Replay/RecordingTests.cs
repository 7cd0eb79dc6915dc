using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Replay;

public sealed class RecordingTests
{
    private const string Meta = "{\"meta\":{\"scenario\":\"s\",\"server\":\"Home Assistant 1\"}}\n";

    [Fact]
    public void Committed_recordings_take_two_megabytes_at_most()
        => Assert.InRange(Recording.Committed.Sum(path => new FileInfo(path).Length), 1, 2 * 1024 * 1024);

    [Fact]
    public void Line_separator_within_a_text_ends_no_line()
    {
        var recording = Recording.Parse("x", Meta + "{\"t\":1.5,\"c\":2,\"dir\":\"<\",\"raw\":\"{\\\"id\\\":1}\u2028\u2029\u0085\\r\"}\n");

        var line = Assert.Single(recording.Lines);
        Assert.Equal("{\"id\":1}\u2028\u2029\u0085\r", line.Text);
        Assert.Equal((2, 2, 1.5), (line.Number, line.Connection, line.At.TotalMilliseconds));
    }

    [Fact]
    public void Committed_recordings_hold_a_line_separator_and_an_id_of_two_to_the_63rd_less_one()
    {
        var texts = Recording.Committed.Select(Recording.Load).SelectMany(one => one.Lines).Select(line => line.Text ?? "").ToList();

        Assert.Contains(texts, text => text.Contains('\u2028', StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("\"id\":9223372036854775807", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"dir\":\"!\",\"event\":\"closed\",\"by\":\"server\",\"code\":1000}", true, 1000)]
    [InlineData("{\"dir\":\"!\",\"event\":\"closed\",\"by\":\"closing\",\"code\":null}", false, null)]
    [InlineData("{\"dir\":\"!\",\"event\":\"closed\",\"by\":\"closed\",\"code\":1006}", true, null)]
    [InlineData("{\"dir\":\"!\",\"event\":\"close\",\"from\":\"<\",\"code\":1000}", true, 1000)]
    [InlineData("{\"dir\":\"!\",\"event\":\"close\",\"from\":\">\",\"code\":1005}", false, 1005)]
    [InlineData("{\"dir\":\"!\",\"event\":\"tcp_closed\",\"from\":\"<\",\"how\":\"rst\"}", true, null)]
    [InlineData("{\"dir\":\"!\",\"event\":\"tcp_reset_by_proxy\"}", true, null)]
    [InlineData("{\"dir\":\"!\",\"event\":\"close sent\",\"code\":1000}", false, null)]
    public void Line_tells_who_closed_and_with_what(string row, bool isByServer, int? code)
    {
        var line = Recording.Parse("x", Meta + row).Lines[0];

        Assert.Equal((LineKind.Closed, isByServer, code), (line.Kind, line.IsByServer, line.CloseCode));
    }

    [Theory]
    [InlineData("{\"dir\":\">\",\"raw\":\"{\\\"id\\\":1\",\"truncated\":5000}", true)]
    [InlineData("{\"dir\":\">\",\"raw\":\"{\\\"id\\\":1...(5000 chars)\"}", true)]
    [InlineData("{\"dir\":\">\",\"raw\":\"{\\\"id\\\":1\"}", false)]
    public void Line_tells_whether_its_text_was_cut(string row, bool isCut)
        => Assert.Equal(isCut, Recording.Parse("x", Meta + row).Lines[0].IsCut);

    [Fact]
    public void Line_of_a_new_kind_is_unknown()
        => Assert.All(Recording.Parse("x", Meta + "{\"dir\":\"?\"}\n{\"dir\":\"!\",\"event\":\"flooded\"}").Lines, line => Assert.Equal(LineKind.Unknown, line.Kind));

    [Theory]
    [InlineData("{\"id\":7,\"type\":\"pong\"}", "{\"id\":70,\"type\":\"pong\"}")]
    [InlineData(" {\"type\":\"event\",\"event\":{\"id\":7}, \"id\": 7 } ", " {\"type\":\"event\",\"event\":{\"id\":7}, \"id\": 70 } ")]
    [InlineData("[{\"id\":7}, {\"id\":null},{\"id\":\"7\"} ,5]", "[{\"id\":70}, {\"id\":null},{\"id\":\"7\"} ,5]")]
    public void Message_changes_in_nothing_but_its_ids(string text, string expected)
        => Assert.Equal(expected, Utf8.Text(Message.TryParse(text)!.Compose(id => id + "0", _ => true)));

    [Fact]
    public void Item_is_left_out_of_an_array()
        => Assert.Equal("[{\"id\":2}]", Utf8.Text(Message.TryParse("[{\"id\":1}, {\"id\":2}]")!.Compose(id => id, item => item.Id == "2")));
}
