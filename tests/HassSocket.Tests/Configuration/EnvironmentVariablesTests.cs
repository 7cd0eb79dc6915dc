using HassSocket.Configuration;
using Xunit;

namespace HassSocket.Tests.Configuration;

public sealed class EnvironmentVariablesTests
{
    [Fact]
    public void Server_and_token_are_taken_and_trimmed()
    {
        var options = Read(("HASS_SERVER", " http://ha.local:8123\n"), ("HASS_TOKEN", "abc\n"));

        Assert.Equal("http://ha.local:8123", options.BaseUrl);
        Assert.Equal("abc", options.Token);
        Assert.Empty(options.Validate());
    }

    [Fact]
    public void Inside_an_add_on_the_Supervisors_token_goes_to_the_Supervisors_address()
    {
        var options = Read(("SUPERVISOR_TOKEN", "sup"));

        Assert.Equal("ws://supervisor/core/websocket", HassEndpoint.Of(options).Url.AbsoluteUri);
        Assert.True(HassEndpoint.Of(options).IsSupervisorProxy);
        Assert.Equal("sup", options.Token);
        Assert.Empty(options.Validate());
    }

    [Fact]
    public void Named_server_wins_over_the_Supervisor()
    {
        var options = Read(("HASS_SERVER", "http://ha.local"), ("HASS_TOKEN", "abc"), ("SUPERVISOR_TOKEN", "sup"));

        Assert.Equal("http://ha.local", options.BaseUrl);
        Assert.Equal("abc", options.Token);
        Assert.Null(options.WebSocketUrl);
    }

    [Fact]
    public void Token_of_the_environment_goes_to_no_address_that_was_set_before()
    {
        var options = new HassSocketOptions { BaseUrl = "http://before.local", WebSocketUrl = "ws://before.local/api/websocket" };

        options.UseEnvironment(name => name switch { "HASS_SERVER" => "http://ha.local", "HASS_TOKEN" => "abc", _ => null });

        Assert.Equal("ws://ha.local/api/websocket", HassEndpoint.Of(options).Url.AbsoluteUri);
    }

    [Theory]
    [InlineData("Neither HASS_SERVER nor HASS_TOKEN is set", "", "", "")]
    [InlineData("HASS_SERVER is set, but HASS_TOKEN is not", "http://ha.local", " ", "")]
    [InlineData("HASS_TOKEN is set, but HASS_SERVER is not", "", "abc", "")]
    [InlineData("HASS_SERVER is set, but HASS_TOKEN is not", "http://ha.local", "", "sup")]
    [InlineData("HASS_TOKEN is set, but HASS_SERVER is not", "", "abc", "sup")]
    public void Missing_variable_is_named(string expected, string server, string token, string supervisorToken)
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            Read(("HASS_SERVER", server), ("HASS_TOKEN", token), ("SUPERVISOR_TOKEN", supervisorToken)));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    private static HassSocketOptions Read(params (string Name, string Value)[] variables) =>
        new HassSocketOptions().UseEnvironment(name => Array.Find(variables, v => v.Name == name).Value);
}
