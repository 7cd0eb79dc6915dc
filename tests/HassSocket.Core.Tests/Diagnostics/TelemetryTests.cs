using System.Collections.Concurrent;
using System.Diagnostics;
using HassSocket.Core.Tests.Support;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Diagnostics;

public sealed class TelemetryTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;
    private readonly string _house = $"house {Guid.NewGuid()}";

    [Fact]
    public async Task Attempts_are_counted_by_outcome_and_the_state_can_be_read()
    {
        await using var fixture = Fixture();
        using var meters = new Meters(_house);
        Assert.Equal((int)Stopped, meters.Read("hass.socket.connection.state"));
        fixture.Transports.Refuse();
        _ = fixture.Connection.StartAsync();
        await fixture.PassAsync((await fixture.UntilAsync(Backoff)).NextAttemptIn!.Value);
        await fixture.AcceptAsync();
        await fixture.UntilAsync(Ready);

        Assert.Equal(["outcome=Refused", "outcome=ready"], meters.Tags("hass.socket.connection.attempts"));
        Assert.Equal((int)Ready, meters.Read("hass.socket.connection.state"));
    }

    [Fact]
    public async Task A_session_is_measured_in_seconds_with_the_reason_of_its_end()
    {
        await using var fixture = Fixture();
        using var meters = new Meters(_house);
        var server = await fixture.ReadyAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(42));

        server.Close();
        await fixture.AcceptAsync();

        Assert.Equal(["reason=ClosedByServer"], meters.Tags("hass.socket.session.duration"));
        Assert.Equal([42], meters.Values("hass.socket.session.duration"));
    }

    [Fact]
    public async Task Each_end_of_a_command_has_an_outcome_of_its_own()
    {
        await using var fixture = Fixture(o => { o.SocketCrashRequestsPerSec = 6; o.SocketAvgDuration = TimeSpan.FromSeconds(1); });
        using var meters = new Meters(_house);
        await fixture.SendAsync("early").FailsWithAsync<NotConnectedException>();
        var server = await fixture.ReadyAsync();
        await fixture.CallAsync(server);
        var refused = fixture.SendAsync("refused");
        server.Answer(await server.ReadAsync(), "! no");
        await refused.FailsWithAsync<RefusedException>();
        using var patience = new CancellationTokenSource();
        var abandoned = fixture.SendAsync("abandoned", cancellationToken: patience.Token);
        await server.ReadAsync();
        await patience.CancelAsync();
        await abandoned.IsCancelledByAsync(patience.Token);
        var late = fixture.SendAsync("late", new CommandEnvelope("late") { ExpectResponseAfter = TimeSpan.FromMilliseconds(5) });
        await server.ReadAsync();
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await late.FailsWithAsync<ResponseTimeoutException>();
        fixture.Connection.PauseMessages = true;
        await fixture.SendAsync("paused").FailsWithAsync<MessagesPausedException>();
        await fixture.PostAsync("dropped", new CommandEnvelope("dropped") { WhenPaused = WhenUnavailable.Drop });
        fixture.Connection.PauseMessages = false;
        var lost = fixture.SendAsync("lost");
        server.Drop();
        await lost.FailsWithAsync<ConnectionLostException>();
        server = await fixture.ReconnectAsync();
        for (var i = 0; i < 6; i++) await fixture.PostAsync("flood");
        await fixture.SendAsync("one too many").FailsWithAsync<TrafficLimitExceededException>();
        await fixture.DisposeAsync();
        await fixture.SendAsync("disposed").FailsWithAsync<ObjectDisposedException>();

        Assert.Equal(
            [
                "outcome=not_connected type=early", "outcome=ok type=call", "outcome=refused type=refused", "outcome=cancelled type=abandoned",
                "outcome=timeout type=late", "outcome=paused type=paused", "outcome=dropped type=dropped", "outcome=lost type=lost",
                .. Enumerable.Repeat("outcome=ok type=flood", 6), "outcome=traffic_limit type=one", "outcome=disposed type=disposed",
            ],
            meters.Tags("hass.socket.commands"));
        Assert.Equal(0.005, meters.All.Single(one => one is { Instrument: "hass.socket.command.duration", Tags: "type=late" }).Value, precision: 6);
    }

    [Fact]
    public async Task Waiting_commands_the_rate_events_and_pings_are_measured()
    {
        await using var fixture = Fixture(o => o.PingInterval = TimeSpan.FromSeconds(10));
        using var meters = new Meters(_house);
        var server = await fixture.ReadyAsync();
        for (var i = 0; i < 10; i++) await fixture.PostAsync("x");
        fixture.Connection.PauseMessages = true;
        var waiting = fixture.SendAsync("y", new CommandEnvelope("y") { WhenPaused = WhenUnavailable.Wait });

        Assert.Equal(2, meters.Read("hass.socket.send.rate"));
        Assert.Equal(1, meters.Read("hass.socket.commands.waiting"));
        fixture.Connection.PauseMessages = false;
        var lines = await server.ReadLinesAsync(11);
        fixture.Clock.Advance(TimeSpan.FromSeconds(10));
        var ping = await server.ReadAsync();
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(250));
        server.Answer(ping, "pong");
        server.Answer(lines[^1], "= fine");
        await waiting.WaitAsync(Guard);
        server.Send("77 + event\n77 + event");
        await fixture.SettleAsync(server);

        Assert.Equal(2, meters.Tags("hass.socket.events.received").Count);
        Assert.Equal(2, meters.Tags("hass.socket.items.stray").Count);
        Assert.Equal(0.25, await meters.FirstAsync("hass.socket.ping.duration"));
        Assert.Equal(0, meters.Read("hass.socket.commands.waiting"));
    }

    [Fact]
    public async Task Pings_that_take_no_key_are_measured_too()
    {
        await using var fixture = Fixture(o => o.PingInterval = TimeSpan.FromSeconds(10), new RelayDialect());
        using var meters = new Meters(_house);
        var server = await fixture.ReadyAsync();

        fixture.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("PING", await server.ReadAsync());
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(125));
        server.Send("PONG");
        await fixture.SettleAsync(server);

        Assert.Equal(0.125, await meters.FirstAsync("hass.socket.ping.duration"));
    }

    [Fact]
    public async Task Bytes_are_counted_in_both_directions()
    {
        await using var fixture = Fixture();
        using var meters = new Meters(_house);
        var server = await fixture.ReadyAsync();

        await fixture.SettleAsync(server);

        Assert.Contains(("hass.socket.frames.bytes", 8.0, "direction=out"), meters.All); // "1 settle"
        Assert.Contains(("hass.socket.frames.bytes", 11.0, "direction=in"), meters.All); // "1 = settled"
    }

    [Fact]
    public async Task One_activity_accompanies_each_command_and_a_failed_one_says_how_it_ended()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "HassSocket",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var fixture = Fixture();
        var server = await fixture.ReadyAsync();
        await fixture.CallAsync(server);
        var refused = fixture.SendAsync("refused body");
        server.Answer(await server.ReadAsync(), "! no");
        await refused.FailsWithAsync<RefusedException>();

        var own = activities.Where(activity => _house.Equals(activity.GetTagItem("hass.socket"))).ToList();

        Assert.Equal(
            [("hass.socket.command", "call", ActivityStatusCode.Unset, null), ("hass.socket.command", "refused", ActivityStatusCode.Error, "refused")],
            own.Select(one => (one.OperationName, (string)one.GetTagItem("type")!, one.Status, one.StatusDescription)));
        Assert.All(own, one => Assert.Equal(["hass.socket", "type"], one.TagObjects.Select(tag => tag.Key)));
    }

    [Fact]
    public async Task No_secret_body_or_item_is_ever_a_tag()
    {
        var dialect = new EchoDialect { Secret = "s3cr3t" };
        await using var fixture = Fixture(dialect: dialect);
        using var meters = new Meters(_house);
        var server = await fixture.ReadyAsync();
        var answer = fixture.SendAsync("turn_on light.s3cr3t");
        server.Answer(await server.ReadAsync(), "= s3cr3t");
        await answer.WaitAsync(Guard);
        server.Send("9 + s3cr3t");
        await fixture.SettleAsync(server);
        await fixture.DisposeAsync();

        Assert.NotEmpty(meters.All);
        Assert.DoesNotContain(meters.All, one => one.Tags.Contains("s3cr3t", StringComparison.Ordinal));
    }

    private ConnectionFixture Fixture(Action<TestOptions>? configure = null, LineDialect? dialect = null) => new(
        o =>
        {
            o.Calm();
            o.Name = _house;
            configure?.Invoke(o);
        },
        dialect);
}
