using HassSocket.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Tests.Faults;

/// <summary>Whatever keeps a client from connecting, its user learns why, commands end or wait as asked, and it heals.</summary>
public sealed class DialFaultTests
{
    private static readonly RawCommand Impatient = new("fault/hold") { WhenDisconnected = WhenUnavailable.Fail };

    public static TheoryData<int, string> Faults => new(DialFaults.All.Select((fault, index) => (index, fault.Name)));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Connecting_that_fails_says_why_and_heals(int index, string name)
    {
        var fault = DialFaults.All[index];
        await using var home = await FaultyHome.BuildAsync(fault.Options, fault.Tls);
        fault.Strike(home);
        var start = home.Client.StartAsync();
        await home.PassAsync(fault);

        var backoff = await home.Home.UntilAsync(ConnectionState.Backoff);

        Assert.Equal((fault.Name, fault.Reason), (name, backoff.Reason));
        Assert.Contains(fault.Says, backoff.Explanation, StringComparison.Ordinal);
        Assert.Equal(fault.IsSlow, backoff.NextAttemptIn == home.Home.Options.MaxRetryInterval);
        Assert.Contains(home.Home.Logs.From(LogLevel.Warning), entry => entry.Id == 2 && entry.Text.Contains(fault.Says, StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<NotConnectedException>(() => home.Client.SendMessageAsync(Impatient));
        Assert.Equal((fault.Reason, Delivery.NotSent), (refused.Reason, refused.Delivery));

        var waits = home.Client.PingAsync();
        fault.Heal(home);
        await home.Home.WaitOutAsync(backoff);
        await start.WaitAsync(Home.Guard);
        await waits.WaitAsync(Home.Guard);
        await home.HearAsync();
        await home.Proxy.WaitForLinesAsync(1);
    }

    [Fact]
    public async Task Refused_command_does_not_change_the_address_or_the_question_in_its_reason()
    {
        await using var home = await FaultyHome.BuildAsync();
        home.Proxy.Answer = Testing.DialAnswer.Status(System.Net.HttpStatusCode.NotFound);
        _ = home.Client.StartAsync();
        await home.Home.UntilAsync(ConnectionState.Backoff);

        var refused = await Assert.ThrowsAsync<NotConnectedException>(() => home.Client.SendMessageAsync(Impatient));

        Assert.Contains("there is no connection. ws://127.0.0.1", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("pass it on?", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_nobody_knows_is_asked_for_again_and_again()
    {
        await using var home = await FaultyHome.BuildAsync(options => options.BaseUrl = "http://nowhere.invalid:8123");
        var start = home.Client.StartAsync();

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var backoff = await home.Home.UntilAsync(ConnectionState.Backoff);
            Assert.Equal((EndReason.NameResolution, attempt), (backoff.Reason, backoff.FailedAttempts));
            Assert.Contains("could not be resolved", backoff.Explanation, StringComparison.Ordinal);
            await home.Home.WaitOutAsync(backoff);
        }

        Assert.False(start.IsCompleted);
    }
}
