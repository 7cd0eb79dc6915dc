using System.Globalization;
using System.Reflection;
using HassSocket.Configuration;
using HassSocket.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace HassSocket.Tests.Configuration;

public sealed class SectionBinderTests
{
    private static readonly PropertyInfo[] Properties = typeof(HassSocketOptions).GetProperties();

    public static TheoryData<string> Times => [.. Properties.Where(p => p.PropertyType == typeof(TimeSpan)).Select(p => p.Name)];

    [Fact]
    public void Every_option_that_text_can_express_can_be_configured() => Assert.Equal(
        Properties.Select(p => p.Name).Except([nameof(HassSocketOptions.TokenProvider), nameof(HassSocketOptions.ConfigureReconnect)]).Order(),
        Settings.All.Select(setting => setting.Name).Order());

    [Theory]
    [MemberData(nameof(Times))]
    public void Time_is_read(string option)
    {
        var options = Read((option, "01:02:03"));

        Assert.Equal(new TimeSpan(1, 2, 3), typeof(HassSocketOptions).GetProperty(option)!.GetValue(options));
    }

    [Theory]
    [MemberData(nameof(Times))]
    public void Time_given_as_a_bare_number_is_refused_with_a_hint(string option)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read((option, "5")));

        Assert.Equal(
            $"HassSocket:{option} is \"5\", which has no unit and to .NET means days; for 5 seconds write \"00:00:05\".",
            Assert.Single(error.Failures));
    }

    [Theory]
    [InlineData("0.5", "for 0.5 seconds write \"00:00:00.5000000\"")]
    [InlineData("-1", "write hours:minutes:seconds")]
    [InlineData("0", "write hours:minutes:seconds")]
    [InlineData("30000", "for 30000 seconds write \"08:20:00\"")]
    [InlineData("1e400", "write hours:minutes:seconds")]
    [InlineData("5s", "is not a length of time")]
    [InlineData("5 seconds", "is not a length of time")]
    [InlineData("25:00", "is not a length of time")]
    public void Time_that_means_something_else_is_refused(string text, string expected)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(("PingInterval", text)));

        Assert.Contains(expected, Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Infinite")]
    [InlineData("-00:00:00.001")]
    public void Wait_without_end_can_be_written(string text) =>
        Assert.Equal(Timeout.InfiniteTimeSpan, Read(("ExpectResponseAfter", text)).ExpectResponseAfter);

    [Fact]
    public void Options_of_every_kind_are_read_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            var options = Read(
                ("baseurl", "http://ha.local"), ("WebSocketUrl", "ws://ha.local/x"), ("Token", "t0ken"), ("Name", "house"),
                ("AutoConnectSocket", "FALSE"), ("MaxInFlight", "7"), ("SocketWarnRequestsPerSec", "12.5"), ("SocketCrashRequestsPerSec", "Infinity"),
                ("WhenDisconnected", "fail"), ("BatchCommands", "Never"), ("Tls:DangerouslyAcceptAnyCertificate", "true"), ("Tls:PinnedPublicKeys:0", "abc="));

            Assert.Equal(("http://ha.local", "ws://ha.local/x", "t0ken", "house"), (options.BaseUrl, options.WebSocketUrl, options.Token, options.Name));
            Assert.Equal((false, 7, 12.5, double.PositiveInfinity),
                (options.AutoConnectSocket, options.MaxInFlight, options.SocketWarnRequestsPerSec, options.SocketCrashRequestsPerSec));
            Assert.Equal((WhenUnavailable.Fail, BatchCommands.Never), (options.WhenDisconnected, options.BatchCommands));
            Assert.True(options.Tls.DangerouslyAcceptAnyCertificate);
            Assert.Equal(["abc="], options.Tls.PinnedPublicKeys);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("AutoConnectSocket", "yes", "is neither true nor false")]
    [InlineData("MaxInFlight", "1,024", "is not a whole number")]
    [InlineData("SocketWarnRequestsPerSec", "0,5", "is not a number")]
    [InlineData("WhenDisconnected", "queue", "is not one of Wait, Fail, Drop")]
    [InlineData("WhenDisconnected", "1", "is not one of Wait, Fail, Drop")]
    [InlineData("Tls:DangerouslyAcceptAnyCertificate", "1", "is neither true nor false")]
    public void Text_that_cannot_be_read_is_told_with_its_path(string key, string text, string expected)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read((key, text)));

        Assert.StartsWith($"HassSocket:{key} is \"{text}\", which {expected}", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Token_under_a_wrong_key_is_not_shown_in_the_message()
    {
        const string Token = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiI0NzExIn0.c2lnbmF0dXJl";

        var error = Assert.Throws<OptionsValidationException>(() => Read(("AutoConnectSocket", Token), ("PingInterval", Token)));

        Assert.Equal(2, error.Failures.Count());
        Assert.All(error.Failures, failure => Assert.Contains("is what looks like an access token, which is", failure, StringComparison.Ordinal));
        Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(("PingInterval", "5"), ("PongTimeout", "6"), ("Compression", "maybe")));

        Assert.Equal(3, error.Failures.Count());
    }

    [Fact]
    public void Empty_text_leaves_the_default() => Assert.Equal(TimeSpan.FromSeconds(30), Read(("PingInterval", "")).PingInterval);

    [Fact]
    public void Misspelt_key_is_warned_of_with_the_name_that_was_meant()
    {
        using var logs = new CapturedLogs();

        Read(logs, ("RetryIntervall", "00:00:01"), ("Colour", "blue"));

        Assert.Equal(
            [
                "The configuration key HassSocket:Colour is not known and has no effect.",
                "The configuration key HassSocket:RetryIntervall is not known and has no effect; RetryInterval was probably meant.",
            ],
            logs.From(LogLevel.Warning).Select(entry => entry.Text).Order());
    }

    [Fact]
    public void Missing_section_is_warned_of()
    {
        using var logs = new CapturedLogs();

        Read(logs);

        Assert.Equal("The configuration section HassSocket is missing or empty.", Assert.Single(logs.From(LogLevel.Warning)).Text);
    }

    private static HassSocketOptions Read(params (string Key, string Text)[] values)
    {
        using var logs = new CapturedLogs();
        return Read(logs, values);
    }

    private static HassSocketOptions Read(CapturedLogs logs, params (string Key, string Text)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(v => KeyValuePair.Create("HassSocket:" + v.Key, (string?)v.Text))).Build();
        var options = new HassSocketOptions();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        new SectionBinder("", configuration.GetSection("HassSocket"), factory.CreateLogger<SectionBinder>()).Configure(options);
        return options;
    }
}
