using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Subscriptions;

public sealed class JoinAndLeaveTests
{
    [Fact]
    public async Task What_is_wanted_before_the_start_is_asked_for_when_it_comes()
    {
        await using var fixture = new ConnectionFixture();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var inbox = new Inbox<string>();
        using var consumer = stream.Subscribe(inbox);
        fixture.Connection.Subscribe(new TextSource("not any more")).Subscribe(new Inbox<string>()).Dispose();
        Assert.Equal(SubscriptionState.Pending, stream.Status.State);

        var server = await fixture.ReadyAsync();

        Assert.Equal(["1 sub news"], await fixture.SentAsync(server));
        server.Send("1 =\n1 + a");
        Assert.Equal("a", await inbox.NextAsync());
        Assert.Equal(SubscriptionState.Active, stream.Status.State);
    }

    [Fact]
    public async Task What_is_wanted_while_it_connects_is_asked_for_once()
    {
        await using var fixture = new ConnectionFixture();
        var start = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();
        await fixture.UntilAsync(ConnectionState.Authenticating);
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
        fixture.Connection.Subscribe(new TextSource("not any more")).Subscribe(new Inbox<string>()).Dispose();

        server.Send("welcome 1.0");
        await start.WaitAsync(ConnectionFixture.Guard);

        Assert.Equal(["1 sub news"], await fixture.SentAsync(server));
    }

    [Fact]
    public async Task What_is_wanted_or_left_during_a_back_off_is_so_afterwards()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var leaving = fixture.Connection.Subscribe(new TextSource("leaving")).Subscribe(new Inbox<string>());
        using var staying = fixture.Connection.Subscribe(new TextSource("staying")).Subscribe(new Inbox<string>());
        foreach (var request in await server.ReadLinesAsync(2)) server.Answer(request);
        await fixture.SentAsync(server);

        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);
        leaving.Dispose();
        using var coming = fixture.Connection.Subscribe(new TextSource("coming")).Subscribe(new Inbox<string>());
        server = await fixture.ReconnectAsync(server);

        Assert.Equal(["1 sub staying", "2 sub coming"], await server.ReadLinesAsync(2));
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task Streams_live_through_a_fault_and_a_stop()
    {
        await using var fixture = new ConnectionFixture();
        var inbox = new Inbox<string>();
        var start = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();
        server.Send("go away");
        await Assert.ThrowsAsync<AuthenticationRejectedException>(() => start.WaitAsync(ConnectionFixture.Guard));
        Assert.Equal(ConnectionState.Faulted, fixture.Connection.State);
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        using var consumer = stream.Subscribe(inbox);
        fixture.Connection.Subscribe(new TextSource("not any more")).Subscribe(new Inbox<string>()).Dispose();

        server = await fixture.ReadyAsync();
        server.Answer(await server.ReadAsync());
        server.Send("1 + a");
        Assert.Equal("a", await inbox.NextAsync());
        await fixture.Connection.StopAsync();
        Assert.Equal(SubscriptionState.Pending, stream.Status.State);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        server = await fixture.ReadyAsync();

        server.Answer(await server.ReadAsync());
        server.Send("1 + b");
        Assert.Equal("b", await inbox.NextAsync());
    }

    [Fact]
    public async Task A_disposed_connection_completes_its_streams_and_those_that_are_joined_later()
    {
        await using var fixture = new ConnectionFixture();
        await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var before = new Inbox<string>();
        var consumer = stream.Subscribe(before);

        await fixture.Connection.DisposeAsync();
        var after = new Inbox<string>();
        var late = stream.Subscribe(after);

        await before.Completion;
        await after.Completion;
        Assert.Equal(SubscriptionState.Ended, stream.Status.State);
        consumer.Dispose();
        late.Dispose();
    }

    [Fact]
    public async Task A_request_that_has_not_left_never_does()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.StuckWrites = true;
        var stuck = fixture.SendAsync("stuck");
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());

        consumer.Dispose();
        server.StuckWrites = false;

        server.Answer(await server.ReadAsync());
        await stuck.WaitAsync(ConnectionFixture.Guard);
        Assert.Empty(await fixture.SentAsync(server));
    }

    [Fact]
    public async Task A_request_on_its_way_is_stopped_once_and_its_late_items_are_dropped()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        Assert.Equal("1 sub news", await server.ReadAsync());

        consumer.Dispose();
        Assert.Equal("2 stop 1", await server.ReadAsync());
        server.Send("1 =\n1 + late\n2 =");

        Assert.Empty(await fixture.SentAsync(server));
        Assert.False(inbox.TryNext(out _));
    }

    [Fact]
    public async Task A_stop_that_needs_started_waits_for_it()
    {
        await using var fixture = new ConnectionFixture(dialect: StreamDialects.StopNeedsStarted());
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        Assert.Equal("1 sub news", await server.ReadAsync());

        consumer.Dispose();
        Assert.Empty(await fixture.SentAsync(server));
        server.Send("1 + early\n1 started\n1 + late");

        Assert.Equal("3 stop 1", await server.ReadAsync());
        server.Send("1 + later\n3 =");
        Assert.Empty(await fixture.SentAsync(server));
        Assert.False(inbox.TryNext(out _));
    }

    [Fact]
    public async Task A_stop_that_is_answered_is_waited_for_without_a_stray_item()
    {
        await using var fixture = new ConnectionFixture(dialect: new RelayDialect());
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        var consumer = fixture.Connection.Subscribe(new TextSource("news") { Share = SubscriptionSharing.PerConsumer }).Subscribe(inbox);
        server.Answer(await server.ReadAsync(), "started");
        await fixture.SentAsync(server);

        consumer.Dispose();
        Assert.Equal("1 stop", await server.ReadAsync());
        server.Send("1 + t1:late");
        server.Send("1 ended");

        Assert.Empty(await fixture.SentAsync(server));
        Assert.False(inbox.TryNext(out _));
        Assert.DoesNotContain(fixture.Log.Lines, line => line.Text.Contains("late", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("1 =\n1 + first\n1 + second")]
    [InlineData("1 + first\n1 =\n1 + second")]
    [InlineData("1 + first\n1 + second\n1 =")]
    public async Task The_first_item_is_never_lost(string message)
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        Assert.Equal("1 sub news", await server.ReadAsync());

        server.Send(message);

        Assert.Equal(["first", "second"], [await inbox.NextAsync(), await inbox.NextAsync()]);
    }

    [Fact]
    public async Task The_first_item_may_come_before_the_write_has_returned()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        server.StuckWrites = true;
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);

        server.Send("1 + first\n1 =");

        Assert.Equal("first", await inbox.NextAsync());
        server.StuckWrites = false;
    }

    [Fact]
    public async Task A_source_that_cannot_be_encoded_tells_its_subscriber()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news") { BeforeEncode = () => throw new FormatException("no such topic") });

        Assert.Throws<FormatException>(() => stream.Subscribe(new Inbox<string>()));

        Assert.Empty(await fixture.SentAsync(server));
    }
}
