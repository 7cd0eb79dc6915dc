using System.Text;
using System.Text.Json;
using Xunit;

namespace HassSocket.Tests.Replay;

/// <summary>Conversations written by hand: symptoms that recordings have shown, and forms that a recording of another server may have.</summary>
public sealed class HandmadeReplayTests
{
    private const string Subscribe = "{\"id\":5,\"type\":\"subscribe_events\",\"event_type\":\"probe\"}";

    private readonly StringBuilder _rows = new("{\"meta\":{\"scenario\":\"handmade\",\"server\":\"Home Assistant 2026.11.0\"}}\n");
    private int _at;

    [Fact]
    public async Task Subscription_goes_on_after_an_error_about_the_reuse_of_its_id()
        => await LoggedIn().Asked(Subscribe).Said(Success(5))
            .Said(Refusal(5, "id_reuse")).Said(Event(5, 1)).Said(Event(5, 2)).ReplayAsync();

    [Fact]
    public async Task Error_without_an_id_does_not_refuse_the_only_command_that_waits()
        => await LoggedIn().Asked("{\"id\":1,\"type\":\"get_config\"}")
            .Said("[{\"id\":null,\"type\":\"result\",\"success\":false,\"error\":{\"code\":\"invalid_format\",\"message\":\"Message incorrectly formatted.\"}}]")
            .Said("{\"id\":1,\"type\":\"result\",\"success\":true,\"result\":{\"version\":\"2026.11.0\",\"state\":\"RUNNING\",\"components\":[]}}").ReplayAsync();

    [Fact]
    public async Task Ids_of_the_recorded_client_that_nobody_asked_under_touch_no_call()
        => await LoggedIn().Asked("{\"id\":40,\"type\":\"ping\"}").Said("{\"id\":1,\"type\":\"pong\"}").Said("{\"id\":2,\"type\":\"pong\"}")
            .Said("{\"id\":3,\"type\":\"pong\"}").Said("{\"id\":9223372036854775808,\"type\":\"pong\"}").Said("{\"type\":\"pong\",\"id\":40}").ReplayAsync();

    [Fact]
    public async Task Recording_that_begins_after_the_login_is_replayed()
        => await Asked(Subscribe).Said($"[{Event(5, 1)},{Success(5)}]").Said(Event(5, 2)).ReplayAsync();

    [Fact]
    public async Task Subscription_that_a_starting_server_refused_is_asked_for_again_when_the_recorded_client_did_so()
        => await LoggedIn().Asked("{\"id\":1,\"type\":\"get_config\"}")
            .Said("{\"id\":1,\"type\":\"result\",\"success\":true,\"result\":{\"state\":\"NOT_RUNNING\",\"components\":[]}}")
            .Asked("{\"id\":2,\"type\":\"subscribe_trigger\",\"trigger\":{\"trigger\":\"sun\"}}").Said(Refusal(2, "invalid_format"))
            .Asked("{\"id\":3,\"type\":\"get_config\"}")
            .Said("{\"id\":3,\"type\":\"result\",\"success\":true,\"result\":{\"state\":\"NOT_RUNNING\",\"components\":[\"sun\"]}}")
            .Asked("{\"id\":4,\"type\":\"subscribe_trigger\",\"trigger\":{\"trigger\":\"sun\"}}").Said(Success(4))
            .Said("{\"id\":4,\"type\":\"event\",\"event\":{\"variables\":{\"trigger\":{\"id\":\"0\"}},\"context\":null}}").ReplayAsync();

    [Fact]
    public async Task Subscription_whose_second_consumer_stays_goes_on_when_the_first_leaves()
        => await LoggedIn().Asked(Subscribe).Said(Success(5)).Asked(Subscribe.Replace("5", "6", StringComparison.Ordinal)).Said(Success(6))
            .Said(Event(5, 1)).Said(Event(6, 1)).Asked("{\"id\":7,\"type\":\"unsubscribe_events\",\"subscription\":5}").Said(Success(7))
            .Said(Event(6, 2)).Asked("{\"id\":8,\"type\":\"unsubscribe_events\",\"subscription\":6}").Said(Success(8)).ReplayAsync();

    [Fact]
    public async Task Array_that_holds_the_first_command_and_a_subscription_with_its_end_is_replayed()
        => await LoggedIn().Asked($"[{{\"id\":1,\"type\":\"supported_features\",\"features\":{{\"coalesce_messages\":1}}}},{Subscribe}," +
                "{\"id\":6,\"type\":\"unsubscribe_events\",\"subscription\":5},{\"id\":7,\"type\":\"ping\"}]")
            .Said($"[{Success(1)},{Success(5)},{Success(6)},{{\"id\":7,\"type\":\"pong\"}}]").ReplayAsync();

    [Fact]
    public async Task What_was_cut_is_not_said_and_lines_of_new_kinds_do_no_harm()
    {
        var replay = await LoggedIn().Row("?", "\"new\":1").Row("!", "\"event\":\"flooded\"")
            .Row("<", "\"raw\":\"{\\\"id\\\":1,\\\"type\\\":\\\"res\",\"truncated\":100000")
            .Asked("{\"id\":2,\"type\":\"ping\"}").Said("{\"id\":2,\"type\":\"pong\"}").ReplayAsync();

        Assert.Equal(
            [Verdict.Unclassified, Verdict.Unclassified, Verdict.Cut, Verdict.Called, Verdict.Fed],
            replay.Recording.Lines.Skip(3).Select(line => replay.Verdicts[line]));
    }

    [Theory]
    [InlineData("\"event\":\"closed\",\"by\":\"server\",\"code\":1000")]
    [InlineData("\"event\":\"closed\",\"by\":\"closed\",\"code\":1006")]
    [InlineData("\"event\":\"close\",\"from\":\"<\",\"code\":1001")]
    [InlineData("\"event\":\"tcp_closed\",\"from\":\"<\",\"how\":\"rst\"")]
    public async Task Command_that_was_under_way_when_the_server_closed_is_lost(string close)
        => await LoggedIn().Asked("{\"id\":1,\"type\":\"ping\"}")
            .Asked("{\"id\":2,\"type\":\"call_service\",\"domain\":\"homeassistant\",\"service\":\"restart\"}").Row("!", close).ReplayAsync();

    [Fact]
    public async Task Answer_that_took_an_hour_is_an_answer_and_the_client_pings_meanwhile()
    {
        LoggedIn().Asked("{\"id\":1,\"type\":\"slow\"}").Asked(Subscribe).Said(Success(5));
        _at += 3_600_000;
        await Said("{\"id\":1,\"type\":\"result\",\"success\":true,\"result\":{\"big\":9223372036854775808}}").Said(Event(5, 1)).ReplayAsync();
    }

    private static string Success(int id) => $"{{\"id\":{id},\"type\":\"result\",\"success\":true,\"result\":null}}";

    private static string Refusal(int id, string code) => $"{{\"id\":{id},\"type\":\"result\",\"success\":false,\"error\":{{\"code\":\"{code}\",\"message\":\"No.\"}}}}";

    private static string Event(int id, int n) =>
        $"{{\"type\":\"event\",\"event\":{{\"event_type\":\"probe\",\"data\":{{\"n\":{n}}},\"origin\":\"LOCAL\"}},\"id\":{id}}}";

    private HandmadeReplayTests LoggedIn() => Said("{\"type\":\"auth_required\",\"ha_version\":\"2026.11.0\"}")
        .Asked("{\"type\":\"auth\",\"access_token\":\"<JWT>\"}").Said("{\"type\":\"auth_ok\",\"ha_version\":\"2026.11.0\"}");

    private HandmadeReplayTests Asked(string text) => Row(">", $"\"raw\":{JsonSerializer.Serialize(text)}");

    private HandmadeReplayTests Said(string text) => Row("<", $"\"raw\":{JsonSerializer.Serialize(text)}");

    private HandmadeReplayTests Row(string direction, string members)
    {
        _rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"t\":{_at++},\"c\":1,\"dir\":\"{direction}\",{members}}}\n");
        return this;
    }

    private Task<Replay> ReplayAsync() => Replay.RunAsync(Recording.Parse("handmade", _rows.ToString()));
}
