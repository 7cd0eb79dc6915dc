using System.Buffers;
using System.Text;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Support;

/// <summary>A connection over memory and a clock that is moved by hand; the test plays the server.</summary>
public sealed class ConnectionFixture : IAsyncDisposable
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);
    private int _fences;

    public ConnectionFixture(Action<TestOptions>? configure = null, LineDialect? dialect = null, double random = 1)
    {
        Transports = new MemoryTransportFactory(Clock);
        Hooks = new HookedTransports(Transports);
        Dialect = dialect ?? new EchoDialect();
        var options = new TestOptions { SocketWarnRequestsPerSec = double.PositiveInfinity, SocketCrashRequestsPerSec = double.PositiveInfinity };
        configure?.Invoke(options);
        Connection = new Connection(Dialect, options, Log, Clock, Hooks, () => random);
    }

    public ManualTimeProvider Clock { get; } = new();

    public MemoryTransportFactory Transports { get; }

    public HookedTransports Hooks { get; }

    public LineDialect Dialect { get; }

    public TestLog Log { get; } = new();

    public Connection Connection { get; }

    /// <summary>Starts, plays the server's part of the handshake, and hands over the server's end.</summary>
    public async Task<MemoryConnection> ReadyAsync()
    {
        var start = Connection.StartAsync();
        var server = await AcceptAsync();
        await start.WaitAsync(Guard);
        return server;
    }

    /// <summary>Takes the next dial and greets it.</summary>
    public async Task<MemoryConnection> AcceptAsync()
    {
        var server = await Transports.NextConnectionAsync();
        if (Dialect is not EchoDialect) return server;
        Assert.StartsWith("hello", await server.ReadAsync(), StringComparison.Ordinal);
        server.Send("welcome 1.0");
        return server;
    }

    public Task<string> SendAsync(string body, CommandEnvelope? envelope = null, CancellationToken cancellationToken = default)
    {
        envelope ??= new CommandEnvelope(body.Split(' ')[0]);
        envelope.Write(Encoding.UTF8.GetBytes(body));
        return AwaitAsync(Connection.SendAsync(envelope, cancellationToken));
    }

    public Task PostAsync(string body, CommandEnvelope? envelope = null, CancellationToken cancellationToken = default)
    {
        envelope ??= new CommandEnvelope(body.Split(' ')[0]);
        envelope.Write(Encoding.UTF8.GetBytes(body));
        return Connection.PostAsync(envelope, cancellationToken).AsTask();
    }

    /// <summary>Lets a connection whose socket is gone come back.</summary>
    public async Task<MemoryConnection> ReconnectAsync()
    {
        var lost = await UntilAsync(ConnectionState.Backoff);
        if (lost.NextAttemptIn is { } wait && wait > TimeSpan.Zero)
        {
            await Clock.WaitForTimerAsync(wait);
            Clock.Advance(wait);
        }

        var server = await AcceptAsync();
        await UntilAsync(ConnectionState.Ready);
        return server;
    }

    /// <summary>Shows that nothing else is on its way: what is sent now is what the server reads next.</summary>
    public async Task FenceAsync(MemoryConnection server)
    {
        _ = SendAsync($"fence {++_fences}");
        Assert.EndsWith($" fence {_fences}", await server.ReadAsync(), StringComparison.Ordinal);
    }

    /// <summary>Waits for a state; states are reached on other threads.</summary>
    public async Task<ConnectionStateChange> UntilAsync(ConnectionState state)
    {
        var reached = new TaskCompletionSource<ConnectionStateChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = Connection.StateChanges.Subscribe(new Watcher<ConnectionStateChange>(change =>
        {
            if (change.Current == state) reached.TrySetResult(change);
        }));
        return await reached.Task.WaitAsync(Guard);
    }

    /// <summary>Sees to it that what the server has sent is handled: a whole round trip comes after it.</summary>
    public async Task SettleAsync(MemoryConnection server)
    {
        var answer = SendAsync("settle");
        var key = (await server.ReadAsync()).Split(' ')[0];
        server.Send($"{key} = settled");
        Assert.Equal("settled", await answer.WaitAsync(Guard));
    }

    /// <summary>Shows that nothing else is on its way where commands cannot pass: lets the line be quiet for a second (PingInterval) and a bit.</summary>
    public async Task PingAsync(MemoryConnection server, TimeSpan? quiet = null)
    {
        Clock.Advance(quiet ?? TimeSpan.FromMilliseconds(1_001));
        var ping = await server.ReadAsync();
        Assert.EndsWith(" ping", ping, StringComparison.Ordinal);
        var key = ping.Split(' ')[0];
        server.Send($"{key} pong\n{key} pong");
        await Log.WaitForAsync(203, $"(Pong, key {key})");
    }

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();

    private static async Task<string> AwaitAsync(ValueTask<Reply> send)
    {
        using var reply = await send;
        return Encoding.UTF8.GetString(reply.Payload.ToArray());
    }
}
