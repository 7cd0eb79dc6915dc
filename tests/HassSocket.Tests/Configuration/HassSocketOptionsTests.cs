using Microsoft.Extensions.Options;
using Xunit;

namespace HassSocket.Tests.Configuration;

public sealed class HassSocketOptionsTests
{
    private const string Secret = "s3cr3t-t0ken";

    public static TheoryData<string, Action<HassSocketOptions>> Rules => new()
    {
        { "BaseUrl is not set", o => o.BaseUrl = null },
        { "BaseUrl is not set", o => o.BaseUrl = "  " },
        { "BaseUrl begins with ftp://", o => o.BaseUrl = "ftp://ha.local" },
        { "WebSocketUrl has no path", o => o.WebSocketUrl = "ws://ha.local" },
        { "WebSocketUrl begins with ftp://", o => o.WebSocketUrl = "ftp://ha.local/api/websocket" },
        { "BaseUrl (http://ha.local:99999) is not an address", o => (o.BaseUrl, o.WebSocketUrl) = ("http://ha.local:99999", "ws://ha.local/x") },
        { "name two different WebSockets", o => (o.BaseUrl, o.WebSocketUrl) = ("ws://a.local/api/websocket", "ws://b.local/api/websocket") },
        { "Token is not set", o => o.Token = null },
        { "Token is empty", o => o.Token = "" },
        { "Token is empty", o => o.Token = " \r\n\t" },
        { "Token has a line break in its middle", o => o.Token = Secret + "\n" + Secret },
        { "Token has a line break in its middle", o => o.Token = Secret + "\r\n" + Secret },
        { "Token has a space in its middle", o => o.Token = Secret + " " + Secret },
        { "Token begins with \"Bearer\"", o => o.Token = "Bearer " + Secret },
        { "Token stands in quotation marks", o => o.Token = "\"" + Secret + "\"" },
        { "Token has characters that no token has", o => o.Token = Secret + "…" },
        { "Token holds an address", o => o.Token = "http://ha.local/" + Secret },
        { "Token and TokenProvider are both set", o => o.TokenProvider = new FixedToken() },
        { "StartTimeout is 00:00:00", o => o.StartTimeout = TimeSpan.Zero },
        { "StartTimeout is -00:00:01", o => o.StartTimeout = TimeSpan.FromSeconds(-1) },
        { "StartTimeout is 50.00:00:00", o => o.StartTimeout = TimeSpan.FromDays(50) },
        { "PingInterval is 00:00:00", o => o.PingInterval = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void Broken_rule_is_told_in_one_sentence_without_the_token(string expected, Action<HassSocketOptions> breakRule)
    {
        ArgumentNullException.ThrowIfNull(breakRule);
        var options = Valid();

        breakRule(options);

        var problem = Assert.Single(options.Validate());
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problem, StringComparison.Ordinal);
        Assert.EndsWith(problem.Contains("swapped", StringComparison.Ordinal) ? "?" : ".", problem, StringComparison.Ordinal);
    }

    public static TheoryData<Action<HassSocketOptions>> Allowed => new()
    {
        o => { },
        o => o.Token = "  " + Secret + "\r\n",
        o => (o.Token, o.TokenProvider) = (null, new FixedToken()),
        o => (o.BaseUrl, o.WebSocketUrl) = (null, "ws://ha.local/api/websocket"),
        o => o.WebSocketUrl = "wss://proxy.example.com/house",
        o => (o.BaseUrl, o.WebSocketUrl) = ("ws://a.local/api/websocket", "ws://a.local/api/websocket"),
        o => o.StartTimeout = Timeout.InfiniteTimeSpan,
    };

    [Theory]
    [MemberData(nameof(Allowed), DisableDiscoveryEnumeration = true)]
    public void Options_that_keep_the_rules_have_no_problems(Action<HassSocketOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var options = Valid();

        change(options);

        Assert.Empty(options.Validate());
    }

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        var options = new HassSocketOptions();

        Assert.True(options.AutoConnectSocket);
        Assert.True(options.StopHostOnCrash);
        Assert.False(options.WaitForReadyOnStart);
        Assert.Equal(TimeSpan.FromSeconds(30), options.StartTimeout);
        Assert.Null(options.BaseUrl);
        Assert.Null(options.Token);
    }

    [Fact]
    public void Snapshot_does_not_follow_later_changes()
    {
        var options = Valid();
        var snapshot = options.Snapshot();

        options.BaseUrl = "http://other.local";
        options.RetryInterval = TimeSpan.FromSeconds(9);

        Assert.Equal("http://ha.local", snapshot.BaseUrl);
        Assert.Equal(TimeSpan.FromSeconds(1), snapshot.RetryInterval);
    }

    [Fact]
    public void Options_that_break_rules_are_refused_with_all_of_them()
    {
        var error = Assert.Throws<OptionsValidationException>(() => new HassSocketOptions { PingInterval = TimeSpan.Zero }.ValidSnapshot());

        Assert.Equal(3, error.Failures.Count());
    }

    [Theory]
    [InlineData("http://ha.local:8123", "ws://ha.local:8123/api/websocket", true)]
    [InlineData("http://supervisor/core", "ws://supervisor/core/websocket", false)]
    public async Task Dialect_dials_the_house_and_batches_only_where_the_endpoint_takes_it(string address, string url, bool acceptsBatches)
    {
        var options = Valid();
        (options.BaseUrl, options.Compression, options.Token) = (address, true, $" {Secret}\n");

        var dialect = options.CreateDialect();
        var plan = await dialect.PrepareAsync(CancellationToken.None);

        Assert.Equal((url, true), (plan.Upgrade.Url.AbsoluteUri, plan.Upgrade.Compression));
        Assert.Same(options.Tls, plan.Upgrade.Tls);
        Assert.Equal(acceptsBatches, dialect.Facts.AcceptsBatches);
    }

    private static HassSocketOptions Valid() => new() { BaseUrl = "http://ha.local", Token = Secret };

    private sealed class FixedToken : ITokenProvider
    {
        public ValueTask<string> GetTokenAsync(TokenRequest request, CancellationToken cancellationToken) => new(Secret);

        public Microsoft.Extensions.Primitives.IChangeToken? GetChangeToken() => null;
    }
}
