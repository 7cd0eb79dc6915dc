using System.Diagnostics;
using System.Diagnostics.Metrics;
using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Connections;

/// <summary>Listeners of metrics and activities, and sockets of others, that throw: what they may not do to a connection.</summary>
[Collection(Alone.Name)]
public sealed class HostileListenerTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_listener_of_metrics_that_throws_ends_no_session_and_no_command()
    {
        using var listener = new MeterListener();
        var heard = 0;
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == "HassSocket" && !instrument.IsObservable) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => Throw(ref heard));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Throw(ref heard));
        listener.Start();

        await LiveAsync();

        Assert.InRange(heard, 10, int.MaxValue);
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("start")]
    [InlineData("stop")]
    public async Task A_listener_of_activities_that_throws_ends_no_session_and_no_command(string where)
    {
        var heard = 0;
        using var listener = new ActivityListener { ShouldListenTo = static source => source.Name == "HassSocket" };
        listener.Sample = (ref _) =>
        {
            if (where == "sample") Throw(ref heard);
            return ActivitySamplingResult.AllData;
        };
        listener.ActivityStarted = _ => { if (where == "start") Throw(ref heard); };
        listener.ActivityStopped = _ => { if (where == "stop") Throw(ref heard); };
        ActivitySource.AddActivityListener(listener);

        await LiveAsync();

        Assert.InRange(heard, 3, int.MaxValue);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task A_socket_that_throws_when_it_is_dropped_leaves_no_waiter_behind_and_comes_back()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        fixture.Hooks.OnAbort = static () => throw new NotSupportedException("It cannot be aborted.");
        var server = await fixture.ReadyAsync();
        var lost = fixture.SendAsync("x");
        await server.ReadAsync();

        server.Drop();

        await lost.FailsWithAsync<ConnectionLostException>();
        server = await fixture.ReconnectAsync();
        await fixture.SettleAsync(server);
    }

    [Fact]
    public async Task A_socket_that_throws_when_it_is_dropped_does_not_hide_why_the_handshake_failed()
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        fixture.Hooks.OnAbort = static () => throw new NotSupportedException("It cannot be aborted.");
        _ = fixture.Connection.StartAsync();
        var server = await fixture.Transports.NextConnectionAsync();
        await server.ReadAsync();
        await fixture.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(10));

        server.Close();

        Assert.Equal(EndReason.ClosedByServer, (await fixture.UntilAsync(ConnectionState.Backoff)).Reason);
    }

    public static TheoryData<string> OddExceptions => [nameof(NotImplementedException), nameof(InvalidCastException), nameof(ObjectDisposedException), nameof(AggregateException)];

    [Theory]
    [MemberData(nameof(OddExceptions))]
    public async Task A_factory_that_throws_something_odd_is_tried_again(string kind)
    {
        await using var fixture = new ConnectionFixture(o => o.Calm());
        Exception odd = kind switch
        {
            nameof(NotImplementedException) => new NotImplementedException("odd"),
            nameof(InvalidCastException) => new InvalidCastException("odd"),
            nameof(ObjectDisposedException) => new ObjectDisposedException("odd"),
            _ => new AggregateException("odd"),
        };
        fixture.Transports.Refuse(1, odd);
        var start = fixture.Connection.StartAsync();

        var failed = await fixture.UntilAsync(ConnectionState.Backoff);
        Assert.Contains("odd", failed.Explanation, StringComparison.Ordinal);
        await fixture.PassAsync(failed.NextAttemptIn!.Value);
        await fixture.AcceptAsync();

        await start.WaitAsync(Guard);
    }

    /// <summary>Connects, is answered and refused, hears an item, is pinged, and reconnects.</summary>
    private static async Task LiveAsync()
    {
        await using var fixture = new ConnectionFixture(o => o.PingInterval = TimeSpan.FromSeconds(1));
        var server = await fixture.ReadyAsync();
        var inbox = new Inbox<string>();
        using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(inbox);
        server.Answer(await server.ReadAsync());
        server.Send("1 + one\n77 + stray");
        Assert.Equal("one", await inbox.NextAsync());
        await fixture.SettleAsync(server);
        await fixture.PingAsync(server);
        var refused = fixture.SendAsync("refused");
        server.Answer(await server.ReadAsync(), "! no");
        await refused.FailsWithAsync<RefusedException>();
        server.Drop();
        server = await fixture.ReconnectAsync();
        Assert.Equal("1 sub news", await server.ReadAsync());
        await fixture.SettleAsync(server);
    }

    private static void Throw(ref int heard)
    {
        Interlocked.Increment(ref heard);
        throw new InvalidOperationException("A listener that fails.");
    }
}
