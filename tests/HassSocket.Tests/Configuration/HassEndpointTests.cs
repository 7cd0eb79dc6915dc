using HassSocket.Configuration;
using Xunit;

namespace HassSocket.Tests.Configuration;

public sealed class HassEndpointTests
{
    [Theory]
    [InlineData("http://homeassistant.local:8123", "ws://homeassistant.local:8123/api/websocket")]
    [InlineData("https://ha.example.com", "wss://ha.example.com/api/websocket")]
    [InlineData("ws://192.168.1.5:8123", "ws://192.168.1.5:8123/api/websocket")]
    [InlineData("wss://ha.example.com:8443", "wss://ha.example.com:8443/api/websocket")]
    [InlineData("HTTP://HA.local", "ws://ha.local/api/websocket")]
    [InlineData("  http://ha.local\n", "ws://ha.local/api/websocket")]
    [InlineData("http://ha.local/", "ws://ha.local/api/websocket")]
    [InlineData("http://ha.local///", "ws://ha.local/api/websocket")]
    [InlineData("https://example.com/home/ha", "wss://example.com/home/ha/api/websocket")]
    [InlineData("https://example.com/home/ha/", "wss://example.com/home/ha/api/websocket")]
    [InlineData("https://example.com/my%20house", "wss://example.com/my%20house/api/websocket")]
    [InlineData("http://ha.local/api", "ws://ha.local/api/websocket")]
    [InlineData("http://ha.local/api/", "ws://ha.local/api/websocket")]
    [InlineData("http://ha.local:8123/api/websocket", "ws://ha.local:8123/api/websocket")]
    [InlineData("ws://ha.local:8123/api/websocket/", "ws://ha.local:8123/api/websocket")]
    [InlineData("wss://example.com/ha/api/websocket", "wss://example.com/ha/api/websocket")]
    [InlineData("http://[fd00::1]:8123", "ws://[fd00::1]:8123/api/websocket")]
    [InlineData("https://[2001:db8::7]", "wss://[2001:db8::7]/api/websocket")]
    [InlineData("ws://supervisor/core/websocket", "ws://supervisor/core/websocket")]
    [InlineData("http://supervisor", "ws://supervisor/core/websocket")]
    [InlineData("http://supervisor/core", "ws://supervisor/core/websocket")]
    [InlineData("http://supervisor/core/api", "ws://supervisor/core/api/websocket")]
    public void Base_address_becomes_the_address_of_the_socket(string text, string expected) => Assert.Equal(expected, Base(text));

    [Theory]
    [InlineData("http://ha.local", 80)]
    [InlineData("https://ha.local", 443)]
    [InlineData("http://ha.local:443", 443)]
    [InlineData("https://ha.local:80", 80)]
    [InlineData("homeassistant.local", 80)]
    public void Port_is_the_one_named_or_the_schemes_own_and_never_8123(string text, int expected) => Assert.Equal(expected, new Uri(Base(text)).Port);

    [Theory]
    [InlineData("homeassistant.local:8123", "ws://homeassistant.local:8123/api/websocket")]
    [InlineData("homeassistant", "ws://homeassistant/api/websocket")]
    [InlineData("localhost:8123/ha", "ws://localhost:8123/ha/api/websocket")]
    [InlineData("192.168.1.5:8123", "ws://192.168.1.5:8123/api/websocket")]
    [InlineData("10.0.0.2", "ws://10.0.0.2/api/websocket")]
    [InlineData("172.31.0.2", "ws://172.31.0.2/api/websocket")]
    [InlineData("[fd00::1]:8123", "ws://[fd00::1]:8123/api/websocket")]
    [InlineData("[::1]:8123", "ws://[::1]:8123/api/websocket")]
    public void Local_address_without_a_scheme_is_taken_as_plain(string text, string expected) => Assert.Equal(expected, Base(text));

    [Theory]
    [InlineData("ha.example.com", "does not look like an address of a local network")]
    [InlineData("8.8.8.8:8123", "does not look like an address of a local network")]
    [InlineData("172.32.0.2", "does not look like an address of a local network")]
    [InlineData("homeassistant.local:443", "port 443 usually means https; write https://homeassistant.local.")]
    public void Address_without_a_scheme_is_refused_where_the_guess_could_show_the_token(string text, string expected) =>
        Assert.Contains(expected, Problem(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("http://", "is not an address")]
    [InlineData("http://ha.local:99999", "is not an address")]
    [InlineData("http://ha.local:port", "is not an address")]
    [InlineData("http:ha.local", "lacks the two slashes")]
    [InlineData("https:/ha.local", "lacks the two slashes")]
    [InlineData("fd00::1", "write http://[fd00::1]")]
    [InlineData("ftp://ha.local", "begins with ftp://, but must begin with http://, https://, ws:// or wss://")]
    [InlineData("file:///etc/passwd", "is not an address")]
    [InlineData("http://me:secret@ha.local", "remove all up to the @")]
    [InlineData("http://ha.local/?token=secret", "after ? or #")]
    [InlineData("http://ha.local/#map", "after ? or #")]
    [InlineData("http://ha.local/a b", "a space or a line break")]
    [InlineData("http://ha\n.local", "a space or a line break")]
    [InlineData("http://me:secret@ha.local:99999", "is not an address")]
    [InlineData("http://ha.local:99999/?secret", "is not an address")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJzZWNyZXQiLCJpYXQiOjF9.c2lnbmF0dXJl", "were the address and the token swapped?")]
    public void Address_that_cannot_be_used_is_explained_without_its_secrets(string text, string expected)
    {
        var problem = Problem(text);

        Assert.StartsWith("BaseUrl ", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wss://proxy.example.com/some/other/path", "wss://proxy.example.com/some/other/path")]
    [InlineData("https://proxy.example.com/ws/", "wss://proxy.example.com/ws/")]
    public void Whole_address_is_taken_as_it_is(string text, string expected)
    {
        Assert.Null(HassEndpoint.FromWhole(text, out var endpoint));
        Assert.Equal(expected, endpoint!.Url.AbsoluteUri);
    }

    [Fact]
    public void Whole_address_overrides_the_base_address() => Assert.Equal(
        "ws://ha.local:1/api/websocket",
        HassEndpoint.Of(new HassSocketOptions { BaseUrl = "http://other.local", WebSocketUrl = "ws://ha.local:1/api/websocket" }).Url.AbsoluteUri);

    [Theory]
    [InlineData("ws://supervisor/core/websocket", true)]
    [InlineData("http://supervisor/core/api", true)]
    [InlineData("http://hassio/homeassistant/websocket", true)]
    [InlineData("http://172.30.32.2/core/websocket", true)]
    [InlineData("http://localhost:5000/core/websocket", true)]
    [InlineData("http://homeassistant.local:8123", false)]
    [InlineData("https://example.com/core", false)]
    [InlineData("https://supervisor.example.com", false)]
    public void Proxy_of_the_Supervisor_is_recognised(string text, bool expected)
    {
        Assert.Null(HassEndpoint.FromBase(text, out var endpoint));
        Assert.Equal(expected, endpoint!.IsSupervisorProxy);
    }

    private static string Base(string text)
    {
        Assert.Null(HassEndpoint.FromBase(text, out var endpoint));
        return endpoint!.Url.AbsoluteUri;
    }

    private static string Problem(string text)
    {
        var problem = HassEndpoint.FromBase(text, out var endpoint);
        Assert.Null(endpoint);
        return Assert.IsType<string>(problem);
    }
}
