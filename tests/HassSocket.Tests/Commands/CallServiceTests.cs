using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Commands;

public sealed partial class CallServiceTests : IAsyncDisposable
{
    private readonly AskedSocket _socket = new()
    {
        Result = """{"context":{"id":"01M831JDPT56FP0SNZGGHEFX0J","parent_id":null,"user_id":"4e801d2ac44d49a0a3983c010f4bbbc5"}}""",
    };

    private string Sent => Assert.Single(_socket.Sent);

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    [Fact]
    public async Task A_call_says_domain_service_data_and_target_and_gives_its_context()
    {
        var result = await _socket.CallServiceAsync(
            "light", "turn_on", new JsonObject { ["brightness_pct"] = 40 }, Target.Entity("light.bed_light") with { AreaId = ["study", "hall"] });
        Assert.Equal(
            """{"id":7,"type":"call_service","domain":"light","service":"turn_on","service_data":{"brightness_pct":40},"target":{"entity_id":"light.bed_light","area_id":["study","hall"]}}""",
            Sent);
        Assert.Equal(new EventContext { Id = "01M831JDPT56FP0SNZGGHEFX0J", UserId = "4e801d2ac44d49a0a3983c010f4bbbc5" }, result.Context);
        Assert.Null(result.Response);
    }

    [Fact]
    public async Task What_is_not_given_is_not_sent()
    {
        await _socket.CallServiceAsync("homeassistant", "check_config");
        Assert.Equal("""{"id":7,"type":"call_service","domain":"homeassistant","service":"check_config"}""", Sent);
    }

    [Fact]
    public async Task A_target_alone_needs_no_name()
    {
        await _socket.CallServiceAsync("light", "toggle", Target.Label("night"));
        Assert.Equal("""{"id":7,"type":"call_service","domain":"light","service":"toggle","target":{"label_id":"night"}}""", Sent);
    }

    [Fact]
    public async Task Data_may_be_an_element_a_type_with_its_information_or_an_anonymous_object()
    {
        await _socket.CallServiceAsync("a", "b", JsonSerializer.SerializeToElement(new JsonObject { ["n"] = 1, ["nothing"] = null }));
        await _socket.CallServiceAsync("a", "b", JsonFields.Of(new Level(2), LevelJson.Default.Level), target: Target.Area("x"));
        await _socket.CallServiceAsync("a", "b", new { n = 3, nothing = (string?)null });
        Assert.Equal(
            [
                """{"id":7,"type":"call_service","domain":"a","service":"b","service_data":{"n":1,"nothing":null}}""",
                """{"id":7,"type":"call_service","domain":"a","service":"b","service_data":{"N":2},"target":{"area_id":"x"}}""",
                """{"id":7,"type":"call_service","domain":"a","service":"b","service_data":{"n":3}}""",
            ],
            _socket.Sent);
    }

    [Fact]
    public async Task Data_is_taken_as_it_is_at_the_call()
    {
        var data = new JsonObject { ["n"] = 1 };
        var command = new CallServiceCommand("a", "b") { Data = data };
        data["n"] = 2;
        await _socket.SendMessageAsync(command);
        Assert.Contains("""{"n":1}""", Sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01M831JC3W7QAYY4BFTD8KAWCQ", null)]
    [InlineData("01M831JC3W7QAYY4BFTD8KAWCQ", "4e801d2ac44d49a0a3983c010f4bbbc5")]
    [InlineData("0123456789abcdef0123456789abcdef", null)]
    public async Task A_context_is_the_same_however_it_was_read(string id, string? userId)
    {
        var user = userId is null ? "null" : $"\"{userId}\"";
        _socket.Result = $$"""{"context":{"id":"{{id}}","parent_id":null,"user_id":{{user}}},"response":null}""";
        var result = await _socket.CallServiceAsync("light", "toggle");
        var same = new ServiceCallResult { Context = new EventContext { Id = id, UserId = userId } };
        Assert.Equal((same, same.GetHashCode(), same.ToString()), (result, result.GetHashCode(), result.ToString()));
        Assert.NotEqual(new ServiceCallResult(), result);
        Assert.Equal(id, (result with { Response = default(JsonElement) }).Context.Id);
    }

    [Fact]
    public async Task A_response_is_asked_for_and_given()
    {
        _socket.Result = """{"context":{"id":"01M8","parent_id":null,"user_id":null},"response":{"weather.home":{"forecast":[]}}}""";
        var result = await _socket.CallServiceWithResponseAsync("weather", "get_forecasts", new { type = "daily" }, Target.Entity("weather.home"));
        Assert.Equal(
            """{"id":7,"type":"call_service","domain":"weather","service":"get_forecasts","service_data":{"type":"daily"},"target":{"entity_id":"weather.home"},"return_response":true}""",
            Sent);
        Assert.Equal("""{"forecast":[]}""", result.Response?.GetProperty("weather.home").GetRawText());
    }

    [Theory]
    [InlineData("homeassistant", "restart", true)]
    [InlineData("HomeAssistant", "Stop", true)]
    [InlineData("homeassistant", "toggle", false)]
    [InlineData("hassio", "restart", false)]
    public void The_end_of_the_socket_answers_a_restart_and_a_stop(string domain, string service, bool isAnswered)
    {
        var command = new CallServiceCommand(domain, service);
        Assert.Equal(isAnswered, !command.ReplyAtSessionEnd.IsEmpty);
        if (!isAnswered) return;
        var answer = new System.Buffers.ReadOnlySequence<byte>(command.ReplyAtSessionEnd);
        Assert.Equal(EventContext.None, ResultReader.Read(command, answer).Context);
    }

    [Fact]
    public async Task A_target_that_names_nothing_is_refused_before_it_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _socket.CallServiceAsync("light", "turn_off", Target.Entity([])));
        Assert.Empty(_socket.Sent);
    }

    [Fact]
    public async Task Things_that_stand_where_the_data_belongs_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _socket.CallServiceAsync("light", "turn_off", CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => _socket.CallServiceAsync("light", "turn_off", "on"));
        await Assert.ThrowsAsync<ArgumentException>(() => _socket.CallServiceAsync("light", "turn_off", default(JsonElement)));
        await Assert.ThrowsAsync<ArgumentException>(() => _socket.CallServiceAsync("light", ""));
        Assert.Empty(_socket.Sent);
    }

    internal sealed record Level(int N);

    [JsonSerializable(typeof(Level))]
    internal sealed partial class LevelJson : JsonSerializerContext;
}
