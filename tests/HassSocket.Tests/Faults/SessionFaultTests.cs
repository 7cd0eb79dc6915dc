using HassSocket.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace HassSocket.Tests.Faults;

/// <summary>Whatever ends an open connection, its user learns why, sent commands end with what is known of them, and it heals.</summary>
public sealed class SessionFaultTests
{
    public static TheoryData<int, string> Faults => new(SessionFaults.All.Select((fault, index) => (index, fault.Name)));

    public static TheoryData<int> CloseCodes => [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4000, 4999];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Connection_that_is_lost_says_why_and_heals(int index, string name)
    {
        var fault = SessionFaults.All[index];
        await using var home = await FaultyHome.BuildAsync();
        await home.ReadyAsync();

        await fault.Strike(home);

        var backoff = await home.Home.UntilAsync(ConnectionState.Backoff);
        Assert.Equal((fault.Name, fault.Reason), (name, backoff.Reason));
        Assert.Contains(fault.Says, backoff.Explanation, StringComparison.Ordinal);
        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => home.OnTheWire.WaitAsync(Home.Guard));
        Assert.Equal((fault.Reason, Delivery.Unknown, "fault/hold"), (lost.Reason, lost.Delivery, lost.Command));
        Assert.Contains(home.Home.Logs.From(LogLevel.Warning), entry => entry.Text.Contains(fault.Says, StringComparison.Ordinal));

        await HealAsync(home, fault, backoff);
    }

    [Theory]
    [MemberData(nameof(CloseCodes))]
    public async Task Close_code_is_told_and_healed(int code)
    {
        await using var home = await FaultyHome.BuildAsync();
        await home.ReadyAsync();

        await home.Proxy.CloseAllAsync(code, "because");

        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => home.OnTheWire.WaitAsync(Home.Guard));
        Assert.Equal((EndReason.ClosedByServer, code), (lost.Reason, lost.CloseCode));
        Assert.Contains($"(code {code} \"because\")", lost.Message, StringComparison.Ordinal);
        await home.Home.ReturnAsync(await home.Home.UntilAsync(ConnectionState.Backoff));
        await home.HearAsync();
    }

    [Fact]
    public async Task Token_that_is_revoked_while_connected_ends_in_Faulted_and_a_new_one_heals()
    {
        var tokens = new ScriptedTokens("");
        await using var home = await FaultyHome.BuildAsync(options => (options.Token, options.TokenProvider) = (null, tokens));
        tokens.Token = home.House.Token;
        await home.ReadyAsync();

        home.House.RevokeToken(home.House.Token);

        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => home.OnTheWire.WaitAsync(Home.Guard));
        Assert.Contains("the token was revoked", lost.Message, StringComparison.Ordinal);
        await home.Home.WaitOutAsync(await home.Home.UntilAsync(ConnectionState.Backoff));
        var faulted = await home.Home.UntilAsync(ConnectionState.Faulted);
        Assert.Equal(EndReason.AuthenticationRejected, faulted.Reason);

        tokens.Token = home.House.AddUser("Another", isAdmin: true).Token;
        tokens.SignalChange();
        await home.Clock.WaitForTimerAsync(home.Home.Options.RetryInterval);
        home.Clock.Advance(home.Home.Options.RetryInterval);
        await home.Home.UntilAsync(ConnectionState.Ready);
        await home.HearAsync();
    }

    private static async Task HealAsync(FaultyHome home, SessionFault fault, ConnectionStateChange backoff)
    {
        var waits = home.Client.PingAsync();
        fault.Heal(home);
        home.Proxy.IsListening = true;
        for (var change = backoff; change.Current != ConnectionState.Ready; change = await home.Home.States.NextAsync())
            if (change.Current == ConnectionState.Backoff) await home.Home.WaitOutAsync(change);
        await waits.WaitAsync(Home.Guard);
        await home.HearAsync();
        await home.Proxy.WaitForLinesAsync(1);
    }
}
