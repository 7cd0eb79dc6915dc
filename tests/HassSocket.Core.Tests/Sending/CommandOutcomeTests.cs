using System.Text;
using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class CommandOutcomeTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_refused_command_says_which_why_and_in_whose_words()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();

        var answer = fixture.SendAsync("open door");
        await server.ReadAsync();
        server.Send("1 ! locked The door is locked.");

        var refusal = await answer.FailsWithAsync<RefusedException>();
        Assert.Equal(("locked", "The door is locked.", "open"), (refusal.Code, refusal.ServerMessage, refusal.Command));
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task A_refusal_that_cannot_be_read_is_still_a_typed_failure_of_its_command()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();

        var answer = fixture.SendAsync("open door");
        await server.ReadAsync();
        server.Send("1 ! unreadable");

        var violation = await answer.FailsWithAsync<ProtocolViolationException>();
        Assert.Equal(("open", 1L), (violation.Command, violation.Key));
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_a_timeout_that_says_it_was_sent()
    {
        await using var fixture = new ConnectionFixture(o => o.ExpectResponseAfter = TimeSpan.FromSeconds(5));
        var server = await fixture.ReadyAsync();

        var answer = fixture.SendAsync("slow");
        await server.ReadAsync();
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.False(answer.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var timeout = await answer.FailsWithAsync<ResponseTimeoutException>();
        Assert.Equal(("slow", TimeSpan.FromSeconds(5), Delivery.Unknown), (timeout.Command, timeout.Timeout, timeout.Delivery));
        Assert.Contains("was sent", timeout.Message, StringComparison.Ordinal);
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task Reply_that_arrives_after_the_timeout_is_dropped_and_logged()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("slow");
        await server.ReadAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        await answer.FailsWithAsync<ResponseTimeoutException>();
        Assert.EndsWith(" ping", await server.ReadAsync(), StringComparison.Ordinal);

        var next = fixture.SendAsync("next");
        Assert.Equal("3 next", await server.ReadAsync());
        server.Send("1 = late\n3 = timely");

        Assert.Equal("timely", await next.WaitAsync(Guard));
        Assert.Contains(fixture.Log.Lines, line => line.Id == 203 && line.Text.Contains("key 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_command_has_the_time_that_it_asked_for()
    {
        await using var fixture = new ConnectionFixture(o => o.PingInterval = TimeSpan.FromHours(30));
        var server = await fixture.ReadyAsync();
        var endless = fixture.SendAsync("a", new CommandEnvelope("a") { ExpectResponseAfter = Timeout.InfiniteTimeSpan });
        var hour = fixture.SendAsync("b", new CommandEnvelope("b") { ExpectResponseAfter = TimeSpan.FromHours(1) });
        var short1 = fixture.SendAsync("c", new CommandEnvelope("c") { ExpectResponseAfter = TimeSpan.FromSeconds(1) });
        var usual = fixture.SendAsync("d");
        for (var i = 0; i < 4; i++) await server.ReadAsync();

        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await short1.FailsWithAsync<ResponseTimeoutException>();
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(28_999));
        Assert.False(usual.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await usual.FailsWithAsync<ResponseTimeoutException>();
        fixture.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        Assert.False(hour.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromHours(1), (await hour.FailsWithAsync<ResponseTimeoutException>()).Timeout);
        fixture.Clock.Advance(TimeSpan.FromHours(20));
        Assert.False(endless.IsCompleted);
        server.Send("1 = at last");
        Assert.Equal("at last", await endless.WaitAsync(Guard));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(100 * 24 * 3600)]
    public async Task A_time_that_no_timer_can_count_is_refused_before_anything_leaves(int seconds)
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();

        var answer = fixture.SendAsync("x", new CommandEnvelope("x") { ExpectResponseAfter = TimeSpan.FromSeconds(seconds) });

        await answer.FailsWithAsync<ArgumentOutOfRangeException>();
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task Drop_is_not_for_commands_that_await_an_answer_nor_for_a_lost_connection()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();

        await fixture.SendAsync("x", new CommandEnvelope("x") { WhenPaused = WhenUnavailable.Drop }).FailsWithAsync<ArgumentException>();
        await fixture.SendAsync("x", new CommandEnvelope("x") { WhenDisconnected = WhenUnavailable.Drop }).FailsWithAsync<ArgumentException>();
        await fixture.PostAsync("x", new CommandEnvelope("x") { WhenDisconnected = WhenUnavailable.Drop }).FailsWithAsync<ArgumentException>();

        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task A_command_larger_than_the_server_takes_is_refused_before_sending()
    {
        await using var fixture = new ConnectionFixture(dialect: new EchoDialect { Facts = new DialectFacts { MaxRequestBytes = 1_000 } });
        var server = await fixture.ReadyAsync();

        var large = await fixture.SendAsync(new string('x', 1_000), new CommandEnvelope("big")).FailsWithAsync<ProtocolViolationException>();

        Assert.Equal("big", large.Command);
        Assert.Contains("1,000", large.Message, StringComparison.Ordinal);
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task A_posted_command_is_done_when_it_is_written()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;

        var post = fixture.PostAsync("tell");
        Assert.False(post.IsCompleted);
        server.StuckWrites = false;

        await post.WaitAsync(Guard);
        Assert.Equal("1 tell", await server.ReadAsync());
    }

    [Fact]
    public async Task A_posted_command_that_the_server_refuses_is_logged_and_nobody_fails()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        await fixture.PostAsync("tell");
        await server.ReadAsync();

        var next = fixture.SendAsync("next");
        await server.ReadAsync();
        server.Send("1 ! deaf\n2 = fine");

        Assert.Equal("fine", await next.WaitAsync(Guard));
        Assert.Contains(fixture.Log.Lines, line => line.Id == 205 && line.Text.Contains("tell", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_post_that_is_refused_before_its_send_has_returned_was_written_all_the_same()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Hooks.OnSend = async (message, send) =>
        {
            await send();
            if (!Encoding.UTF8.GetString(message.Span).EndsWith("tell", StringComparison.Ordinal)) return;
            server.Send("1 ! deaf");
            await fixture.Log.WaitForAsync(205);
        };

        await fixture.PostAsync("tell").WaitAsync(Guard);
    }

    [Fact]
    public async Task The_memory_of_a_reply_is_the_callers_until_it_is_disposed()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var text = new string('x', 100_000);

        var answer = fixture.SendAsync("large");
        await server.ReadAsync();
        server.Send($"1 = {text}");

        Assert.Equal(text, await answer.WaitAsync(Guard));
    }
}
