using HassSocket.Core.Tests.Support;
using HassSocket.Sessions;
using HassSocket.Testing;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Sessions;

public sealed class HeartbeatTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_quiet_line_is_pinged_after_PingInterval_and_not_before()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();

        fixture.Clock.Advance(Interval - Moment);
        Assert.False(server.TryRead(out _));
        fixture.Clock.Advance(Moment);

        Assert.Equal("1 ping", await server.ReadAsync());
    }

    [Theory]
    [InlineData("pong", "Pong")]
    [InlineData("= fine", "Result")]
    [InlineData("! refused", "Error")]
    [InlineData("+ an item that nobody asked for", "Item")]
    public async Task Any_message_is_a_sign_of_life(string message, string kind)
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        for (var key = 1; key <= 5; key++)
        {
            // Life is counted from the message, a moment before it is judged.
            fixture.Clock.Advance(key == 1 ? Interval : Interval - Moment);
            Assert.Equal($"{key} ping", await server.ReadAsync());
            fixture.Clock.Advance(Limit - Moment);
            // The second one answers nothing, so it is logged: then both are known to be read.
            server.Send($"{key} {message}\n{key} {message}");
            await fixture.Log.WaitForAsync(203, $"({kind}, key {key})");
            fixture.Clock.Advance(Moment);
        }

        Assert.Equal(Ready, fixture.Connection.State);
    }

    [Fact]
    public async Task An_answered_ping_is_followed_by_the_next_PingInterval_after_the_answer()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Clock.Advance(Interval);
        Assert.Equal("1 ping", await server.ReadAsync());
        await LifeAsync(fixture, server, 1_000);

        fixture.Clock.Advance(Interval - Moment);
        Assert.False(server.TryRead(out _));
        fixture.Clock.Advance(Moment);

        Assert.Equal("2 ping", await server.ReadAsync());
    }

    [Fact]
    public async Task A_busy_line_is_not_pinged()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        for (var round = 0; round < 5; round++)
        {
            fixture.Clock.Advance(Interval - Moment);
            await LifeAsync(fixture, server, 1_000 + round);
        }

        Assert.False(server.TryRead(out _));
    }

    [Fact]
    public async Task Without_a_sign_of_life_the_line_is_dropped_PongTimeout_after_the_ping_was_due_and_without_a_farewell()
    {
        await using var fixture = new ConnectionFixture(o => o.ExpectResponseAfter = Timeout.InfiniteTimeSpan);
        var server = await fixture.ReadyAsync();
        server.AnswersClose = false;
        var sent = fixture.SendAsync("x");
        await server.ReadAsync();
        var changes = fixture.Watch();

        fixture.Clock.Advance(Interval + Limit - Moment);
        Assert.Equal(Ready, fixture.Connection.State);
        fixture.Clock.Advance(Moment);

        var lost = await sent.FailsWithAsync<ConnectionLostException>();
        Assert.Equal((EndReason.HeartbeatTimeout, Delivery.Unknown), (lost.Reason, lost.Delivery));
        // A farewell would wait two seconds for its answer, and the clock stands still.
        await changes.NextAsync(Backoff);
        Assert.True(server.Aborted);
        await fixture.FenceAsync(await fixture.AcceptAsync());
    }

    [Fact]
    public async Task A_write_that_is_stuck_does_not_hide_a_dead_line()
    {
        await using var fixture = new ConnectionFixture(o => o.ExpectResponseAfter = Timeout.InfiniteTimeSpan);
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var stuck = fixture.SendAsync("x");

        fixture.Clock.Advance(Interval + Limit);

        Assert.Equal(EndReason.HeartbeatTimeout, (await stuck.FailsWithAsync<ConnectionLostException>()).Reason);
        await fixture.FenceAsync(await fixture.AcceptAsync());
    }

    [Fact]
    public async Task A_server_whose_answer_may_lie_unread_because_we_were_late_gets_one_more_chance_and_only_one()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Clock.Advance(Interval);
        Assert.Equal("1 ping", await server.ReadAsync());

        fixture.Clock.AdvanceLate(Limit + TimeSpan.FromSeconds(2));
        Assert.Equal("2 ping", await server.ReadAsync());
        Assert.Equal(Ready, fixture.Connection.State);
        var changes = fixture.Watch();
        fixture.Clock.AdvanceLate(Limit + TimeSpan.FromSeconds(2));

        Assert.Equal(EndReason.HeartbeatTimeout, (await changes.NextAsync(Backoff)).Reason);
    }

    [Fact]
    public async Task A_server_that_answers_in_its_second_chance_has_a_fresh_one_the_next_time()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        for (var round = 0; round < 3; round++)
        {
            fixture.Clock.Advance(Interval);
            await server.ReadAsync();
            fixture.Clock.AdvanceLate(Limit + TimeSpan.FromSeconds(2));
            await server.ReadAsync();
            await LifeAsync(fixture, server, 1_000 + round);
        }

        fixture.Clock.Advance(Limit);
        Assert.Equal(Ready, fixture.Connection.State);
    }

    [Fact]
    public async Task Pings_of_the_server_are_answered()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var server = await fixture.ReadyAsync();

        server.Send("PING");

        Assert.Equal("PONG", await server.ReadAsync());
    }

    [Fact]
    public async Task Pings_without_a_key_are_answered_without_one()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var server = await fixture.ReadyAsync();
        for (var round = 0; round < 3; round++)
        {
            fixture.Clock.Advance(Interval);
            Assert.Equal("PING", await server.ReadAsync());
            server.Send("PING");
            Assert.Equal("PONG", await server.ReadAsync());
            server.Send("PONG");
            await fixture.SettleAsync(server);
        }

        fixture.Clock.Advance(Limit);
        Assert.Equal(Ready, fixture.Connection.State);
    }

    [Fact]
    public void Pieces_of_a_large_message_on_a_slow_line_are_life()
    {
        var clock = new ManualTimeProvider();
        long received = 0;
        var (pings, dead) = (0, 0);
        using var heartbeat = new Heartbeat(new TestOptions(), clock, () => received, () => pings++, _ => dead++);
        heartbeat.Start();

        for (var piece = 0; piece < 10; piece++)
        {
            clock.Advance(Interval);
            Assert.Equal(piece + 1, pings);
            received += 1_000;
            clock.Advance(Limit);
        }

        Assert.Equal(0, dead);
        clock.Advance(Interval + Limit);
        Assert.Equal(1, dead);
    }

    [Fact]
    public async Task An_old_heartbeat_ends_nothing_new()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(20));
        server.Drop();
        server = await fixture.ReconnectAsync();

        fixture.Clock.Advance(Interval - Moment);

        Assert.False(server.TryRead(out _));
        fixture.Clock.Advance(Moment);
        Assert.Equal("1 ping", await server.ReadAsync());
    }

    /// <summary>Sends something that nobody asked for, and waits until it is read.</summary>
    /// <remarks>Such items are told at doubling distances: as many go before it as have come until now, all but one.</remarks>
    private static async Task LifeAsync(ConnectionFixture fixture, MemoryConnection server, int key)
    {
        var told = fixture.Log.Lines.Count(line => line.Id == 204);
        for (var i = 1; i < 1 << Math.Max(0, told - 1); i++) server.Send("999999 + life");
        server.Send($"{key} + life");
        await fixture.Log.WaitForAsync(204, $"(Item, key {key})");
    }
}
