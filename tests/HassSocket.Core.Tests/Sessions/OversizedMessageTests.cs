using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sessions;

public sealed class OversizedMessageTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;
    private static readonly string Much = new('x', 5_000);

    [Fact]
    public async Task An_answer_above_the_cap_names_command_size_limit_and_option_and_the_session_lives_on()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxMessageBytes = 1_024);
        var server = await fixture.ReadyAsync();
        var large = fixture.SendAsync("dump");
        var small = fixture.SendAsync("small");
        await server.ReadAsync();
        await server.ReadAsync();

        server.Send($"1 = {Much}");
        server.Send("2 = fine");

        var violation = await large.FailsWithAsync<ProtocolViolationException>();
        Assert.Equal(("dump", 1L), (violation.Command, violation.Key));
        foreach (var fact in new[] { "'dump'", "5,004 bytes", "1,024", "MaxMessageBytes" }) Assert.Contains(fact, violation.Message, StringComparison.Ordinal);
        Assert.Equal("fine", await small.WaitAsync(Guard));
        Assert.Contains(fixture.Log.Lines, line => line.Id == 201);
        Assert.Equal(1, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task An_item_above_the_cap_ends_its_subscription_only()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxMessageBytes = 1_024);
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        await server.ReadAsync();
        server.Send("1 =");

        server.Send($"1 + {Much}");

        Assert.Equal("2 stop 1", await server.ReadAsync());
        var violation = await inbox.Completion.FailsWithAsync<ProtocolViolationException>();
        Assert.Equal("sub news", violation.Command);
        Assert.Contains("5,004 bytes", violation.Message, StringComparison.Ordinal);
        server.Send("1 + late\n2 =");
        await fixture.SettleAsync(server);
        Assert.Equal(1, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task A_subscription_whose_own_answer_is_above_the_cap_is_stopped_at_the_server()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxMessageBytes = 1_024);
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        await server.ReadAsync();

        server.Send($"1 = {Much}");

        await inbox.Completion.FailsWithAsync<ProtocolViolationException>();
        Assert.Equal("2 stop 1", await server.ReadAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_above_the_cap_that_could_be_anybodys_ends_the_session_and_the_next_attempt_takes_its_time(bool isStable)
    {
        await using var fixture = new ConnectionFixture(o => o.MaxMessageBytes = 1_024);
        var server = await fixture.ReadyAsync();
        if (isStable)
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal("1 ping", await server.ReadAsync());
            server.Send("1 pong");
            await fixture.SettleAsync(server);
        }

        var answer = fixture.SendAsync("x");
        await server.ReadAsync();
        server.Send($"? {Much}");

        var lost = await answer.FailsWithAsync<ConnectionLostException>();
        Assert.Equal(EndReason.ProtocolViolation, lost.Reason);
        foreach (var fact in new[] { "5,002 bytes", "1,024", "MaxMessageBytes" }) Assert.Contains(fact, lost.Message, StringComparison.Ordinal);
        var backoff = await fixture.UntilAsync(ConnectionState.Backoff);
        Assert.Equal(TimeSpan.FromSeconds(60), backoff.NextAttemptIn);
        for (var slice = 0; slice < 12; slice++)
        {
            await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(5));
            Assert.Equal(1, fixture.Transports.DialCount);
            fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        await fixture.FenceAsync(await fixture.AcceptAsync());
    }
}
