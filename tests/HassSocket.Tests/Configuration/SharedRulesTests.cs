using System.Reflection;
using Xunit;

namespace HassSocket.Tests.Configuration;

/// <summary>The rules for the options that every protocol shares, as a person meets them: one sentence for each.</summary>
public sealed class SharedRulesTests
{
    private static readonly PropertyInfo[] Properties = typeof(HassSocketOptions).GetProperties();

    private static readonly string[] MayBeInfinite =
        [nameof(HassSocketOptions.ExpectResponseAfter), nameof(HassSocketOptions.WaitForReady), nameof(HassSocketOptions.StartTimeout)];

    public static TheoryData<string> Times => [.. Properties.Where(p => p.PropertyType == typeof(TimeSpan)).Select(p => p.Name)];

    public static TheoryData<string, Action<HassSocketOptions>> Rules => new()
    {
        { "MaxRetryInterval (00:00:01) is shorter than RetryInterval (00:00:02)", o => (o.RetryInterval, o.MaxRetryInterval) = (Seconds(2), Seconds(1)) },
        { "MaxWaitingCommands is 0, but must be at least 1", o => o.MaxWaitingCommands = 0 },
        { "MaxInFlight is 0, but must be at least 1", o => o.MaxInFlight = 0 },
        { "MaxMessageBytes is 1023, but must be at least 1,024 bytes", o => o.MaxMessageBytes = 1023 },
        { "SocketWarnRequestsPerSec is 0, but must be greater than 0", o => o.SocketWarnRequestsPerSec = 0 },
        { "SocketWarnRequestsPerSec is NaN, but must be greater than 0", o => o.SocketWarnRequestsPerSec = double.NaN },
        { "SocketCrashRequestsPerSec is NaN, but must be greater than 0", o => o.SocketCrashRequestsPerSec = double.NaN },
        { "SocketCrashRequestsPerSec (299) is lower than SocketWarnRequestsPerSec (300)", o => o.SocketCrashRequestsPerSec = 299 },
        { "WhenDisconnected is Drop, but must be Wait or Fail", o => o.WhenDisconnected = WhenUnavailable.Drop },
        { "WhenPaused is Drop, but must be Fail or Wait", o => o.WhenPaused = WhenUnavailable.Drop },
        { "WhenPaused is 7, but must be Fail or Wait", o => o.WhenPaused = (WhenUnavailable)7 },
        { "BatchCommands is 7, but must be Auto, Always or Never", o => o.BatchCommands = (BatchCommands)7 },
        { "Name is null, but must be a text", o => o.Name = null! },
        { "Tls is null", o => o.Tls = null! },
        { "Tls.PinnedPublicKeys holds 'abc', but a pin is the SHA-256", o => o.Tls.PinnedPublicKeys.Add("abc") },
    };

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void Broken_rule_is_told_in_one_sentence(string expected, Action<HassSocketOptions> breakRule)
    {
        ArgumentNullException.ThrowIfNull(breakRule);
        var options = Valid();

        breakRule(options);

        var problem = Assert.Single(options.Validate());
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public void A_time_is_longer_than_zero_and_short_enough_for_a_timer(string option)
    {
        foreach (var wrong in new[] { TimeSpan.Zero, Seconds(-1), TimeSpan.FromDays(50), TimeSpan.MaxValue })
            Assert.Contains(ProblemsWith(option, wrong), problem => problem.StartsWith($"{option} is {wrong}, but must be longer than zero", StringComparison.Ordinal));

        Assert.DoesNotContain(ProblemsWith(option, TimeSpan.FromDays(49)), problem => problem.StartsWith($"{option} is", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Times))]
    public void Only_a_wait_of_a_person_may_be_infinite(string option) =>
        Assert.Equal(MayBeInfinite.Contains(option), ProblemsWith(option, Timeout.InfiniteTimeSpan).Length == 0);

    [Fact]
    public void Limits_can_be_lifted()
    {
        var options = Valid();
        (options.SocketWarnRequestsPerSec, options.SocketCrashRequestsPerSec) = (double.PositiveInfinity, 5);
        Assert.Empty(options.Validate());

        (options.SocketWarnRequestsPerSec, options.SocketCrashRequestsPerSec) = (5, double.PositiveInfinity);
        options.MaxMessageBytes = options.MaxInFlight = options.MaxWaitingCommands = int.MaxValue;
        Assert.Empty(options.Validate());
    }

    [Fact]
    public void A_client_is_not_made_of_wrong_options_and_says_all_that_is_wrong_with_them()
    {
        var wrong = new HassSocketOptions { BaseUrl = "homeassistant", Token = " \n", PongTimeout = TimeSpan.Zero };

        var error = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => new HassSocketClient(wrong));

        Assert.Equal(["PongTimeout", "Token"], error.Failures.Select(failure => failure.Split(' ')[0]).Order());
    }

    private static string[] ProblemsWith(string option, TimeSpan value)
    {
        var options = Valid();
        typeof(HassSocketOptions).GetProperty(option)!.SetValue(options, value);
        return [.. options.Validate()];
    }

    private static HassSocketOptions Valid() => new() { BaseUrl = "http://ha.local", Token = "t0ken" };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
