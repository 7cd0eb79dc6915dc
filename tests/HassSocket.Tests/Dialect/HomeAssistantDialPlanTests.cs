using HassSocket.Dialect;
using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Dialect;

public class HomeAssistantDialPlanTests
{
    private const string Token = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhYmMifQ.c2lnbmF0dXJl-very-secret";

    [Fact]
    public void The_server_asks_we_show_the_token_and_are_in()
    {
        var plan = Plan();
        Assert.Equal(HandshakeStep.Expect, plan.Begin());
        var answer = Next(plan, """{"type":"auth_required","ha_version":"2026.11.0"}""");
        Assert.Equal($$"""{"type":"auth","access_token":"{{Token}}"}""", Utf8.Text(answer.Send.Span));
        Assert.False(answer.IsDone);
        Assert.Equal(HandshakeStep.Done("2026.11.0"), Next(plan, """{"type":"auth_ok","ha_version":"2026.11.0"}"""));
    }

    [Theory]
    [InlineData("""{"ha_version":"2026.12.0b3","type":"auth_ok"}""", "2026.12.0b3")]
    [InlineData("""{"type":"auth_ok","ha_version":"2026.9.0.dev202608200239"}""", "2026.9.0.dev202608200239")]
    [InlineData("""{"type":"auth_ok","ha_version":2026}""", "2026")]
    [InlineData("""{"type":"auth_ok"}""", null)]
    public void A_line_that_is_trusted_begins_with_auth_ok_and_any_version(string first, string? version) =>
        Assert.Equal(HandshakeStep.Done(version), Next(Plan(), first));

    [Fact]
    public void A_rejection_says_what_the_server_said_and_what_to_do_but_never_the_token()
    {
        var plan = Plan();
        Next(plan, """{"type":"auth_required","ha_version":"2026.11.0"}""");
        var rejection = Next(plan, """{"type":"auth_invalid","message":"Invalid access token or password"}""").Rejection;
        Assert.NotNull(rejection);
        Assert.Contains("\"Invalid access token or password\"", rejection.Message, StringComparison.Ordinal);
        Assert.Contains("revoked", rejection.Message, StringComparison.Ordinal);
        Assert.Contains("Make a long-lived access token", rejection.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", rejection.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rejected_text_that_is_no_token_is_told_apart()
    {
        var plan = Plan("hunter2");
        Assert.Contains("does not look like an access token", Next(plan, """{"type":"auth_invalid"}""").Rejection!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rejection_by_the_supervisor_speaks_of_add_ons()
    {
        var plan = new HomeAssistantDialPlan(new UpgradeRequest(new Uri("ws://supervisor/core/websocket")), Token, isSupervisorProxy: true);
        Assert.Contains("homeassistant_api", Next(plan, """{"type":"auth_invalid","message":"Invalid access"}""").Rejection!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"result","id":1}""")]
    [InlineData("[]")]
    [InlineData("hello")]
    [InlineData("null")]
    public void Anything_else_is_not_home_assistant(string message) =>
        Assert.Contains("auth_required", Assert.Throws<ProtocolViolationException>(() => Next(Plan(), message)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_token_is_shown_once()
    {
        var plan = Plan();
        Next(plan, """{"type":"auth_required"}""");
        Assert.Throws<ProtocolViolationException>(() => Next(plan, """{"type":"auth_required"}"""));
    }

    private static HomeAssistantDialPlan Plan(string token = Token) =>
        new(new UpgradeRequest(new Uri("ws://house.test/api/websocket")), token, isSupervisorProxy: false);

    private static HandshakeStep Next(HomeAssistantDialPlan plan, string message)
    {
        var bytes = Utf8.Bytes(message);
        return plan.Next(bytes);
    }
}
