using HassSocket.Core.Tests.Support;
using HassSocket.Testing;
using Microsoft.Extensions.Logging;
using Xunit;
using static HassSocket.ConnectionState;

namespace HassSocket.Core.Tests.Connections;

/// <summary>What others have written, and what it may not do to a connection.</summary>
public sealed class UserCodeTests
{
    private static readonly TimeSpan Guard = ConnectionFixture.Guard;

    [Fact]
    public async Task A_logger_that_throws_stops_nothing()
    {
        var clock = new ManualTimeProvider();
        var transports = new MemoryTransportFactory(clock);
        await using var connection = new Connection(new PlainDialect(), new TestOptions(), new ThrowingLogger(), clock, transports);
        await connection.StartAsync().WaitAsync(Guard);
        var server = await transports.NextConnectionAsync();
        var lost = SendAsync(connection);
        await server.ReadAsync();

        server.Send("99 + an item that nobody asked for");
        server.Drop();

        await lost.FailsWithAsync<ConnectionLostException>();
        await clock.WaitForTimersAsync(timers => timers.Any(timer => timer <= TimeSpan.FromSeconds(1)));
        clock.Advance(TimeSpan.FromSeconds(1));
        server = await transports.NextConnectionAsync();
        var answered = SendAsync(connection);
        server.Answer(await server.ReadAsync(), "= fine");
        await answered.WaitAsync(Guard);
    }

    [Fact]
    public async Task A_farewell_that_throws_keeps_no_stop_from_ending()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        fixture.Hooks.OnClose = () => throw new IOException("No words.");

        await fixture.Connection.StopAsync().WaitAsync(Guard);

        Assert.Equal(Stopped, fixture.Connection.State);
        await server.Closed.WaitAsync(Guard);
        await fixture.Log.WaitForAsync(102, "No words.");
    }

    [Fact]
    public async Task A_farewell_that_throws_does_not_fault_an_idle_connection()
    {
        await using var fixture = new ConnectionFixture(o => { o.Calm(); o.OpenOnDemand = true; });
        fixture.Hooks.OnClose = () => throw new IOException("No words.");
        await fixture.Connection.StartAsync().WaitAsync(Guard);
        var answer = fixture.SendAsync("x");
        var server = await fixture.AcceptAsync();
        server.Answer(await server.ReadAsync(), "= y");
        await answer.WaitAsync(Guard);
        var changes = fixture.Watch();

        await fixture.Clock.WaitForTimersAsync(timers => timers.Count(timer => timer == TimeSpan.FromSeconds(30)) >= 2);
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        await changes.NextAsync(Idle);
    }

    [Fact]
    public async Task The_context_of_whoever_starts_is_not_kept_for_life()
    {
        var request = new AsyncLocal<string>();
        string? seen = "nothing yet";
        var dialect = new PlainDialect
        {
            Prepare = _ =>
            {
                seen = request.Value;
                return Task.CompletedTask;
            },
        };
        await using var fixture = new ConnectionFixture(dialect: dialect);
        request.Value = "a request of a web server";

        await fixture.Connection.StartAsync().WaitAsync(Guard);

        Assert.Null(seen);
        Assert.Equal("a request of a web server", request.Value);
    }

    private static Task<Reply> SendAsync(Connection connection)
    {
        var envelope = new CommandEnvelope("x");
        envelope.GetSpan(1)[0] = (byte)'x';
        envelope.Advance(1);
        return connection.SendAsync(envelope).AsTask();
    }

    private sealed class ThrowingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new IOException("The disk is full.");

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new IOException("The disk is full.");
    }
}
