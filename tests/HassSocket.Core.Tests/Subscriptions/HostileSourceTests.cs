using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.SubscriptionState;

namespace HassSocket.Core.Tests.Subscriptions;

/// <summary>Sources of others that throw, and handlers that subscribe again and again.</summary>
public sealed class HostileSourceTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_source_that_cannot_encode_its_resume_is_refused_alone_and_the_connection_is_ready_again()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var broken = false;
        var stream = fixture.Connection.Subscribe(new TextSource("a") { BeforeEncode = () => ThrowIf(broken) });
        var (gone, kept) = (new Inbox<string>(), new Inbox<string>());
        using var one = stream.Subscribe(gone);
        using var other = fixture.Connection.Subscribe(new TextSource("b")).Subscribe(kept);
        var server = await fixture.ReadyAsync();
        var lines = await server.ReadLinesAsync(2);
        server.Send("1 started");
        server.Send("1 + t1:first");
        server.Send("2 started");
        Assert.Equal("first", await gone.NextAsync());
        broken = true;

        server.Drop();
        server = await fixture.ReconnectAsync();

        Assert.Equal("1 sub b", await server.ReadAsync());
        server.Send("1 started");
        server.Send("1 + t2:more");
        Assert.Equal("more", await kept.NextAsync());
        var refused = await gone.Completion.FailsWithAsync<ProtocolViolationException>();
        Assert.Contains("'sub a' could not be asked for again: No words for that.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Refused, stream.Status.State);
        await fixture.Log.WaitForAsync(401, "'sub a'");
        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public async Task A_source_that_cannot_encode_at_all_throws_to_whoever_subscribes_and_nothing_else_suffers()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();

        Assert.Throws<FormatException>(() => fixture.Connection.Subscribe(new TextSource("a") { BeforeEncode = () => ThrowIf(true) }).Subscribe(new Inbox<string>()));

        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task Subscribing_at_every_connection_is_warned_of_once_with_a_hint()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxRetryInterval = TimeSpan.FromSeconds(1));
        using var again = fixture.Connection.Sessions.Subscribe(new Watcher<ConnectedSession>(_ => fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>())));
        var server = await fixture.ReadyAsync();
        for (var round = 0; round < 4; round++)
        {
            Assert.Equal("1 sub news", await server.ReadAsync());
            if (round == 1) Assert.DoesNotContain(fixture.Log.Lines, line => line.Id == 404);
            server.Drop();
            server = await fixture.ReconnectAsync();
        }

        var warning = await fixture.Log.WaitForAsync(404, "'sub news'");
        Assert.Contains("Streams survive reconnects by themselves", warning, StringComparison.Ordinal);
        await fixture.Connection.StopAsync().WaitAsync(Guard);
        Assert.Single(fixture.Log.Lines, line => line.Id == 404);
    }

    [Fact]
    public async Task Subscribing_at_every_connection_and_letting_go_of_the_old_consumer_is_no_leak()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxRetryInterval = TimeSpan.FromSeconds(1));
        var asked = new Inbox<int>();
        IDisposable? held = null;
        using var again = fixture.Connection.Sessions.Subscribe(new Watcher<ConnectedSession>(session =>
        {
            var old = held;
            held = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
            old?.Dispose();
            asked.OnNext(session.Number);
        }));
        var server = await fixture.ReadyAsync();
        for (var round = 1; round <= 5; round++)
        {
            Assert.Equal(round, await asked.NextAsync());
            server.Drop();
            server = await fixture.ReconnectAsync();
        }

        Assert.Equal(6, await asked.NextAsync());
        Assert.DoesNotContain(fixture.Log.Lines, line => line.Id == 404);
    }

    [Fact]
    public async Task Subscribing_in_every_session_outside_of_a_handler_is_no_leak()
    {
        await using var fixture = new ConnectionFixture(o => o.MaxRetryInterval = TimeSpan.FromSeconds(1));
        var server = await fixture.ReadyAsync();
        for (var round = 0; round < 5; round++)
        {
            fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
            Assert.Equal("1 sub news", await server.ReadAsync());
            server.Drop();
            server = await fixture.ReconnectAsync();
        }

        Assert.DoesNotContain(fixture.Log.Lines, line => line.Id == 404);
    }

    private static void ThrowIf(bool isBroken)
    {
        if (isBroken) throw new FormatException("No words for that.");
    }
}
