using System.Buffers;
using System.Text;
using System.Text.Json;
using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Dialect;

public sealed class StateListReaderTests
{
    private const string Written = """{"entity_id":"light.desk","state":"on","attributes":{"text":"}\"","n":[1]},"last_changed":"2026-11-23T01:50:43.836123+00:00","last_reported":"2026-11-23T01:50:44+00:00","last_updated":"2026-11-23T01:50:45.000001+00:00","context":{"id":"01A","parent_id":null,"user_id":"u"}}""";
    private const string Older = """{"entity_id":"light.old","state":"off","attributes":{},"last_changed":"2026-11-23T01:50:43.836123+00:00","last_updated":"2026-11-23T01:50:43.836123+00:00","context":{"id":"01B","parent_id":"p","user_id":null}}""";
    private const string Unusual = """{"state":"o\u006e","entity_id":"light.odd","new":{"a":1},"last_changed":1763862643.5}""";

    [Theory]
    [InlineData("[]")]
    [InlineData($"[{Written}]")]
    [InlineData($"[{Written},{Older},{Unusual},{Written}]")]
    [InlineData($"[ {Written} , {Older} ]")]
    public void States_are_read_as_a_reader_of_tokens_reads_them(string json)
    {
        var expected = JsonSerializer.Deserialize(json, HassJson.Default.ListEntityState)!;
        var bytes = Encoding.UTF8.GetBytes(json);

        Assert.Equal(expected, StateListReader.Read(new ReadOnlySequence<byte>(bytes)));
        for (var size = 1; size < bytes.Length; size += 13) Assert.Equal(expected, StateListReader.Read(Segments.Of(bytes, size)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData($"[{Written}")]
    [InlineData($"[{Written},]")]
    [InlineData("[5]")]
    public void What_is_no_list_of_states_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => StateListReader.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("2026-11-23T01:50:43.836123+00:00")]
    [InlineData("2026-11-23T01:50:43+00:00")]
    [InlineData("2026-02-29T01:50:43+00:00")]
    [InlineData("2024-02-29T23:59:59.999999+00:00")]
    [InlineData("2026-11-23T24:50:43+00:00")]
    [InlineData("2026-11-23T01:50:43.836123+01:00")]
    [InlineData("2026-11-23T01:50:43.8361+00:00")]
    [InlineData("1763862643.5")]
    [InlineData("never")]
    public void Times_are_read_from_bytes_as_from_text(string time) => Assert.Equal(Timestamp.Parse(time), Timestamp.Parse(Encoding.UTF8.GetBytes(time)));

    [Fact]
    public void A_list_costs_at_most_one_and_a_third_times_its_bytes()
    {
        var json = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, 2_000).Select(State))}]"));
        _ = StateListReader.Read(json);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var states = StateListReader.Read(json);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, json.Length * 1.3);
        Assert.Equal(2_000, states.Count);
    }

    private static string State(int i) =>
        $$$"""{"entity_id":"sensor.room_{{{i}}}","state":"{{{i / 10}}}.{{{i % 10}}}","attributes":{"state_class":"measurement","unit_of_measurement":"°C","device_class":"temperature","friendly_name":"Room {{{i}}} temperature"},"last_changed":"2026-11-23T01:50:43.836123+00:00","last_reported":"2026-11-23T01:50:43.836123+00:00","last_updated":"2026-11-23T01:50:43.836123+00:00","context":{"id":"01M831JC3W7QAYY4BFTD8KAWCQ","parent_id":null,"user_id":"4e801d2ac44d49a0a3983c010f4bbbc5"}}""";
}
