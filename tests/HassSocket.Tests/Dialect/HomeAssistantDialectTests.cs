using System.Buffers;
using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Dialect;

public class HomeAssistantDialectTests
{
    private readonly HomeAssistantDialect _dialect = Create();

    [Fact]
    public void Requests_get_their_id_in_front_of_what_the_command_encoded()
    {
        Assert.Equal("""{"id":12,"type":"ping"}""", Utf8.Written(frame => _dialect.WriteRequest(frame, 12, _dialect.Ping.Body)));
        Assert.Equal(
            """{"id":9223372036854775807,"type":"get_config"}""",
            Utf8.Written(frame => _dialect.WriteRequest(frame, long.MaxValue, _dialect.Probe.Body)));
        Assert.Equal("""{"id":9,"type":"unsubscribe_events","subscription":5}""", Utf8.Written(frame => _dialect.WriteRequest(frame, 9, _dialect.Stop(5).Body)));
    }

    [Fact]
    public void The_first_command_of_a_session_asks_for_coalesced_messages()
    {
        var opening = Assert.Single(_dialect.Opening);
        Assert.True(opening.TakesKey);
        Assert.Equal(
            """{"id":1,"type":"supported_features","features":{"coalesce_messages":1}}""",
            Utf8.Written(frame => _dialect.WriteRequest(frame, 1, opening.Body)));
    }

    [Fact]
    public void A_batch_is_an_array_of_requests()
    {
        var frame = Utf8.Written(f =>
        {
            f.Write(_dialect.Facts.Batch.Begin.Span);
            _dialect.WriteRequest(f, 1, _dialect.Ping.Body);
            f.Write(_dialect.Facts.Batch.Between.Span);
            _dialect.WriteRequest(f, 2, _dialect.Ping.Body);
            f.Write(_dialect.Facts.Batch.End.Span);
        });
        Assert.Equal("""[{"id":1,"type":"ping"},{"id":2,"type":"ping"}]""", frame);
    }

    [Fact]
    public void The_supervisor_gets_no_batches_and_nobody_gets_four_mebibytes()
    {
        Assert.True(_dialect.Facts.AcceptsBatches);
        Assert.False(Create(isSupervisorProxy: true).Facts.AcceptsBatches);
        Assert.Equal(4_194_303, _dialect.Facts.MaxRequestBytes);
    }

    [Fact]
    public void What_means_try_again_is_asked_for_as_ordinary_events()
    {
        Assert.Equal(
            ["""{"id":3,"type":"subscribe_events","event_type":"component_loaded"}""", """{"id":3,"type":"subscribe_events","event_type":"core_config_updated"}"""],
            _dialect.RetrySignals.Select(source => Utf8.Written(frame =>
            {
                var body = new System.Buffers.ArrayBufferWriter<byte>();
                source.Encode(body, null);
                _dialect.WriteRequest(frame, 3, body.WrittenMemory);
            })));
        Assert.All(_dialect.RetrySignals, source => Assert.False(source.IsWide));
    }

    [Theory]
    [InlineData("""{"id":5,"type":"result","success":true,"result":[{"id":9""", 5L)]
    [InlineData(""" { "id" : 42 , "type""", 42L)]
    [InlineData("""{"id":5""", null)]
    [InlineData("""{"id":"5","type":"result"}""", null)]
    [InlineData("""{"type":"event","event":{"a":{"id":3,""", null)]
    [InlineData("""[{"id":5,"type":"result"},""", null)]
    [InlineData("""[{"id":5},{"id":6,"type":"event","event":{"a":{"light.kitchen":{"s":"on",""", 6L)]
    [InlineData("""[{"id":5,"type":"event","event":{}},{"id":5,"type":"event","event":{}},{"id":6,"type":"event""", null)]
    [InlineData("""[{"id":5},{"type":"event","event":{"a":{"light.kitchen":{"s":"on",""", null)]
    [InlineData("""[{"id":5},{"id":6,"type":"event","event":{"a":{"light.kitchen":{"s":"on"}}}},{"id":7}]""", 6L)]
    [InlineData("""[5,{"id":6,"type":"event","event":{"a":{"light.kitchen":{"s":"on",""", null)]
    [InlineData("garbage", null)]
    [InlineData("", null)]
    public void The_key_of_a_message_that_was_too_large_is_found_only_where_it_is_sure(string beginning, long? key)
    {
        var bytes = Utf8.Bytes(beginning);
        Assert.Equal(key, _dialect.FindKey(bytes));
    }

    [Theory]
    [InlineData("""{"version":"2026.11.0","state":"RUNNING"}""", true)]
    [InlineData("""{"unit_system":{"state":"x"},"state":"STARTING"}""", false)]
    [InlineData("""{"state":"NOT_RUNNING"}""", false)]
    [InlineData("""{"state":5}""", false)]
    [InlineData("{}", false)]
    [InlineData("null", false)]
    public void A_server_has_settled_when_its_config_says_running(string config, bool isSettled)
    {
        var bytes = Utf8.Bytes(config);
        Assert.Equal(isSettled, _dialect.IsSettled(bytes));
    }

    [Theory]
    [InlineData("todo/item/subscribe", "unknown_command", true)]
    [InlineData("todo/item/subscribe", "invalid_entity_id", true)]
    [InlineData("subscribe_trigger", "home_assistant_error", true)]
    [InlineData("subscribe_trigger", "invalid_format", true)]
    [InlineData("subscribe_events", "invalid_format", false)]
    [InlineData("subscribe_events", "unauthorized", false)]
    [InlineData("subscribe_events", "id_reuse", false)]
    public void Refusals_of_a_starting_server_that_may_pass_mean_waiting(string command, string code, bool waits) =>
        Assert.Equal(waits, _dialect.MeansWaiting(new HassCommandException(command, code, "m")));

    [Fact]
    public void An_end_out_of_the_blue_is_explained()
    {
        Assert.Contains("4,096", _dialect.Explain(1000, heldWide: true), StringComparison.Ordinal);
        Assert.Contains("revoked", _dialect.Explain(1000, heldWide: false), StringComparison.Ordinal);
        Assert.Contains("4 MiB", _dialect.Explain(1009, heldWide: false), StringComparison.Ordinal);
        Assert.Contains("Supervisor", Create(isSupervisorProxy: true).Explain(1009, heldWide: false), StringComparison.Ordinal);
        Assert.Null(_dialect.Explain(null, heldWide: true));
    }

    [Fact]
    public void An_error_of_the_wire_keeps_everything_that_it_says()
    {
        var error = ReadError(
            """
            {"code":"not_found","message":"Service light.nope not found.","translation_key":"service_not_found","translation_domain":"homeassistant",
             "translation_placeholders":{"domain":"light","service":"nope","count":3}}
            """);
        Assert.Equal("call_service", error.Command);
        Assert.Equal("not_found", error.Code);
        Assert.Equal("Service light.nope not found.", error.ServerMessage);
        Assert.Equal("service_not_found", error.TranslationKey);
        Assert.Equal("homeassistant", error.TranslationDomain);
        Assert.Equal("nope", error.TranslationPlaceholders["service"]);
        Assert.Equal("3", error.TranslationPlaceholders["count"]);
    }

    [Theory]
    [InlineData("null", "unknown_error", "")]
    [InlineData("\"boom\"", "unknown_error", "boom")]
    [InlineData("{}", "unknown_error", "")]
    [InlineData("""{"code":5,"message":{"base":"wrong"}}""", "5", """{"base":"wrong"}""")]
    [InlineData("""{"code":"x","message":"m","translation_placeholders":null}""", "x", "m")]
    [InlineData("""{"code":"x","message":"m","translation_placeholders":[1]}""", "x", "m")]
    public void Odd_errors_are_errors_all_the_same(string payload, string code, string message)
    {
        var error = ReadError(payload);
        Assert.Equal((code, message), (error.Code, error.ServerMessage));
        Assert.Empty(error.TranslationPlaceholders);
    }

    private static HomeAssistantDialect Create(bool isSupervisorProxy = false) =>
        new(new UpgradeRequest(new Uri("ws://house.test/api/websocket")), new ScriptedTokens("t"), isSupervisorProxy);

    private HassCommandException ReadError(string payload)
    {
        var bytes = Utf8.Bytes(payload);
        return Assert.IsType<HassCommandException>(_dialect.ReadError(bytes, "call_service"));
    }
}
