using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sessions;

public sealed class DispatcherTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_command_that_is_answered_twice_has_its_first_answer()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("x");
        await server.ReadAsync();

        server.Send("1 = first\n1 = second\n1 ! third");

        Assert.Equal("first", await answer.WaitAsync(Guard));
        await fixture.Log.WaitForAsync(203, "(Result, key 1)");
        await fixture.Log.WaitForAsync(203, "(Error, key 1)");
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task A_refusal_followed_by_a_result_stays_a_refusal()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("x");
        await server.ReadAsync();

        server.Send("1 ! no\n1 = yes");

        Assert.Equal("no", (await answer.FailsWithAsync<RefusedException>()).Code);
        await fixture.SettleAsync(server);
    }

    [Theory]
    [InlineData("999 = nobody", WireItemKind.Result)]
    [InlineData("999 ! nobody", WireItemKind.Error)]
    [InlineData("999 + nobody", WireItemKind.Item)]
    [InlineData("999 ended", WireItemKind.Ended)]
    [InlineData("0 = zero", WireItemKind.Result)]
    [InlineData("-1 = negative", WireItemKind.Result)]
    [InlineData("null = null", WireItemKind.Result)]
    [InlineData("text = text", WireItemKind.Result)]
    [InlineData("1.5 = fraction", WireItemKind.Result)]
    [InlineData("null + null", WireItemKind.Item)]
    [InlineData("1 hocus pocus", WireItemKind.Unknown)]
    [InlineData("what", WireItemKind.Unknown)]
    [InlineData("", WireItemKind.Unknown)]
    public async Task What_nobody_asked_for_is_dropped_and_the_next_item_of_the_message_is_handled(string stray, WireItemKind kind)
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("x");
        await server.ReadAsync();

        server.Send($"{stray}\n1 = fine");

        Assert.Equal("fine", await answer.WaitAsync(Guard));
        Assert.Contains(fixture.Log.Lines, line => (line.Id == 203 || line.Id == 204) && line.Text.Contains($"({kind}", StringComparison.Ordinal));
        Assert.Equal(1, fixture.Transports.DialCount);
    }

    [Fact]
    public async Task An_item_whose_handling_throws_fails_alone()
    {
        await using var fixture = new ConnectionFixture(dialect: new EchoDialect { Probe = new ControlMessage("probe"u8.ToArray()), MeansTrouble = "bomb" });
        var server = await fixture.ReadyAsync();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
        await server.ReadAsync();
        var answer = fixture.SendAsync("x");
        await server.ReadAsync();

        server.Send("1 ! bomb\n2 = fine");

        Assert.Equal("fine", await answer.WaitAsync(Guard));
        Assert.Contains(fixture.Log.Lines, line => line.Id == 200 && line.Text.Contains("(Error, key 1)", StringComparison.Ordinal));
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task Error_without_key_does_not_refuse_the_only_command_that_waits()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var only = fixture.SendAsync("only");
        Assert.Equal("1 only", await server.ReadAsync());

        server.Send("? ! malformed\n1 = a");

        Assert.Equal("a", await only.WaitAsync(Guard));
        Assert.Single(fixture.Log.Lines, line => line.Id == 202);
    }

    [Fact]
    public async Task A_fatal_error_without_key_is_the_reason_of_everything_that_waits_there()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var server = await fixture.ReadyAsync();
        var one = fixture.SendAsync("one");
        var two = fixture.SendAsync("two");
        await server.ReadAsync();
        await server.ReadAsync();

        server.Send("? ! overloaded");

        Assert.Equal("overloaded", (await one.FailsWithAsync<RefusedException>()).Code);
        Assert.Equal("overloaded", (await two.FailsWithAsync<RefusedException>()).Code);
        Assert.Equal(EndReason.ServerError, (await fixture.UntilAsync(ConnectionState.Backoff)).Reason);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_at_all_ends_the_session_with_that_reason()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("x");
        await server.ReadAsync();

        server.Send("garbage");

        Assert.Equal(EndReason.ProtocolViolation, (await answer.FailsWithAsync<ConnectionLostException>()).Reason);
        await fixture.FenceAsync(await fixture.ReconnectAsync());
    }
}
