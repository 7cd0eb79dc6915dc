using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Sending;

public sealed class PauseTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_command_during_a_pause_fails_by_default_and_says_how_to_go_on()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;

        var paused = await fixture.SendAsync("x").FailsWithAsync<MessagesPausedException>();
        await fixture.PostAsync("y").FailsWithAsync<MessagesPausedException>();

        Assert.Equal(("x", Delivery.NotSent), (paused.Command, paused.Delivery));
        Assert.Contains("PauseMessages = false", paused.Message, StringComparison.Ordinal);
        fixture.Connection.PauseMessages = false;
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task A_command_that_would_rather_wait_leaves_when_the_pause_ends()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;

        var sent = fixture.SendAsync("send", new CommandEnvelope("send") { WhenPaused = WhenUnavailable.Wait });
        var posted = fixture.PostAsync("post", new CommandEnvelope("post") { WhenPaused = WhenUnavailable.Wait });
        Assert.False(posted.IsCompleted);
        fixture.Connection.PauseMessages = false;

        Assert.Equal("1 send\n2 post", await server.ReadAsync());
        await posted.WaitAsync(Guard);
        server.Send("1 = fine");
        Assert.Equal("fine", await sent.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_posted_command_may_be_dropped_and_counts_as_done()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;

        await fixture.PostAsync("x", new CommandEnvelope("x") { WhenPaused = WhenUnavailable.Drop }).WaitAsync(Guard);

        fixture.Connection.PauseMessages = false;
        await fixture.FenceAsync(server);
    }

    [Fact]
    public async Task Commands_that_wait_already_follow_their_wish_when_a_pause_begins()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);
        var usual = fixture.SendAsync("usual");
        var patient = fixture.SendAsync("patient", new CommandEnvelope("patient") { WhenPaused = WhenUnavailable.Wait });
        var light = fixture.PostAsync("light", new CommandEnvelope("light") { WhenPaused = WhenUnavailable.Drop });

        fixture.Connection.PauseMessages = true;

        await usual.FailsWithAsync<MessagesPausedException>();
        await light.WaitAsync(Guard);
        server = await fixture.ReconnectAsync();
        Assert.False(patient.IsCompleted);
        fixture.Connection.PauseMessages = false;
        Assert.Equal("1 patient", await server.ReadAsync());
    }

    [Fact]
    public async Task A_pause_is_asked_before_the_connection()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        server.Drop();
        await fixture.UntilAsync(ConnectionState.Backoff);
        fixture.Connection.PauseMessages = true;

        await fixture.SendAsync("x").FailsWithAsync<MessagesPausedException>();
        await fixture.SendAsync("y", new CommandEnvelope("y") { WhenDisconnected = WhenUnavailable.Fail }).FailsWithAsync<MessagesPausedException>();
        await fixture.SendAsync("z", new CommandEnvelope("z") { WhenPaused = WhenUnavailable.Wait, WhenDisconnected = WhenUnavailable.Fail })
            .FailsWithAsync<NotConnectedException>();
    }

    [Fact]
    public async Task Answers_to_commands_that_were_sent_come_through_a_pause()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("x");
        await server.ReadAsync();

        fixture.Connection.PauseMessages = true;
        server.Send("1 = fine");

        Assert.Equal("fine", await answer.WaitAsync(Guard));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_during_a_pause_is_a_timeout_all_the_same()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("x");
        await server.ReadAsync();
        fixture.Connection.PauseMessages = true;

        fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        await answer.FailsWithAsync<ResponseTimeoutException>();
    }

    [Fact]
    public async Task Setting_the_flag_twice_is_one_episode()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;
        var patient = fixture.SendAsync("patient", new CommandEnvelope("patient") { WhenPaused = WhenUnavailable.Wait });
        fixture.Connection.PauseMessages = true;
        Assert.True(fixture.Connection.PauseMessages);

        fixture.Connection.PauseMessages = false;
        fixture.Connection.PauseMessages = false;

        Assert.Equal("1 patient", await server.ReadAsync());
        Assert.False(patient.IsCompleted);
        Assert.Equal(2, fixture.Log.Lines.Count(line => line.Id == 41));
    }

    [Fact]
    public async Task What_the_engine_sends_by_itself_passes_a_pause()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Connection.PauseMessages = true;

        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var consumer = stream.Subscribe(new Inbox<string>());
        Assert.Equal("1 sub news", await server.ReadAsync());
        server.Send("1 =");
        await stream.UntilAsync(SubscriptionState.Active);
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("2 ping", await server.ReadAsync());
        server.Send("2 pong");
        consumer.Dispose();
        Assert.Equal("3 stop 1", await server.ReadAsync());

        using var again = fixture.Connection.Subscribe(new TextSource("more")).Subscribe(new Inbox<string>());
        Assert.Equal("4 sub more", await server.ReadAsync());
        server.Drop();
        server = await fixture.ReconnectAsync();
        Assert.Equal("1 sub more", await server.ReadAsync());
        Assert.True(fixture.Connection.PauseMessages);
    }

    [Fact]
    public async Task A_pause_set_before_the_start_holds_commands_from_the_first_session_on()
    {
        await using var fixture = new ConnectionFixture(o => o.WhenPaused = WhenUnavailable.Wait);
        fixture.Connection.PauseMessages = true;
        var server = await fixture.ReadyAsync();
        var waiting = fixture.SendAsync("x");
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
        Assert.Equal("1 sub news", await server.ReadAsync());

        fixture.Connection.PauseMessages = false;

        Assert.Equal("2 x", await server.ReadAsync());
        Assert.False(waiting.IsCompleted);
    }
}
