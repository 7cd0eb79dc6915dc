using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sessions;

/// <summary>Errors that belong to no command, where they do not end the session by themselves.</summary>
public sealed class KeylessErrorTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task An_error_without_key_before_the_close_is_the_reason_of_all_that_waits()
    {
        await using var fixture = new ConnectionFixture(dialect: Dialect());
        var server = await fixture.ReadyAsync();
        var (first, second) = (fixture.SendAsync("a"), fixture.SendAsync("b"));
        await server.ReadAsync();
        await server.ReadAsync();

        server.Send("? ! rejected session locked");
        server.Close();

        Assert.Equal("rejected", (await first.FailsWithAsync<RefusedException>()).Code);
        Assert.Equal("session locked", (await second.FailsWithAsync<RefusedException>()).ServerMessage);
        Assert.Equal(EndReason.ServerError, (await fixture.UntilAsync(ConnectionState.Backoff)).Reason);
    }

    [Fact]
    public async Task A_good_answer_in_between_takes_the_reason_away()
    {
        await using var fixture = new ConnectionFixture(dialect: Dialect());
        var server = await fixture.ReadyAsync();
        var (first, second) = (fixture.SendAsync("a"), fixture.SendAsync("b"));
        await server.ReadAsync();
        await server.ReadAsync();

        server.Send("? ! rejected something else");
        server.Send("1 = fine");
        server.Close();

        Assert.Equal("fine", await first.WaitAsync(Guard));
        await second.FailsWithAsync<ConnectionLostException>();
    }

    [Fact]
    public async Task A_subscription_that_is_refused_with_its_whole_session_is_asked_for_on_the_next_one()
    {
        await using var fixture = new ConnectionFixture(dialect: Dialect());
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        var server = await fixture.ReadyAsync();
        await server.ReadAsync();

        server.Send("? ! rejected database is down");
        server.Send("1 ! rejected database is down");
        server.Close();
        server = await fixture.ReconnectAsync();

        Assert.Equal("1 sub news", await server.ReadAsync());
        server.Send("1 started");
        server.Send("1 + t:a");
        Assert.Equal("a", await inbox.NextAsync());
    }

    [Fact]
    public async Task An_error_without_key_fails_the_only_request_that_can_be_meant()
    {
        await using var fixture = new ConnectionFixture(dialect: Dialect());
        var inbox = new Inbox<string>();
        var server = await fixture.ReadyAsync();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        await server.ReadAsync();

        server.Send("? ! unread");

        Assert.Equal("unread", (await Assert.ThrowsAsync<RefusedException>(() => inbox.Completion)).Code);
        await fixture.SettleAsync(server);
    }

    [Fact]
    public async Task An_error_that_answers_our_ping_is_a_sign_of_life_and_no_news()
    {
        await using var fixture = new ConnectionFixture(o => o.ExpectResponseAfter = Timeout.InfiniteTimeSpan, Dialect());
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("a");
        await server.ReadAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("PING", await server.ReadAsync());

        server.Send("? ! noping what is PING?");
        server.Send("1 = fine");

        Assert.Equal("fine", await answer.WaitAsync(Guard));
        Assert.DoesNotContain(fixture.Log.Lines, line => line.Id == 202);
    }

    [Fact]
    public async Task What_the_server_has_ended_is_stopped_once_where_it_keeps_the_key()
    {
        await using var fixture = new ConnectionFixture(dialect: Dialect());
        var server = await fixture.ReadyAsync();
        using var first = fixture.Connection.Subscribe(new TextSource("one")).Subscribe(new Inbox<string>());
        Assert.Equal("1 sub one", await server.ReadAsync());
        server.Send("1 started");
        server.Send("1 ended");
        Assert.Equal("1 stop", await server.ReadAsync());
        using var second = fixture.Connection.Subscribe(new TextSource("two")).Subscribe(new Inbox<string>());
        Assert.Equal("2 sub two", await server.ReadAsync());
        server.Send("2 + t:a");
        server.Send("2 ! broken");
        Assert.Equal("2 stop", await server.ReadAsync());
        using var third = fixture.Connection.Subscribe(new TextSource("three")).Subscribe(new Inbox<string>());
        Assert.Equal("3 sub three", await server.ReadAsync());

        server.Send("1 ended");
        server.Send("2 ended");
        server.Send("3 ! never was");

        await fixture.SettleAsync(server);
    }

    [Fact]
    public async Task A_subscription_that_the_server_has_not_looked_at_is_asked_for_at_once_again()
    {
        await using var fixture = new ConnectionFixture(dialect: Dialect());
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        Assert.Equal("1 sub news", await server.ReadAsync());

        server.Send("1 ! again");

        Assert.Equal("2 sub news", await server.ReadAsync());
        server.Send("2 started");
        server.Send("2 + t:a");
        Assert.Equal("a", await inbox.NextAsync());
    }

    private static RelayDialect Dialect() =>
        new() { Facts = new RelayDialect().Facts with { KeylessErrorEndsSession = false, StopFollowsEnd = true } };
}
