using System.Buffers;
using System.Text;
using HassSocket.Testing;
using Xunit;

namespace HassSocket.Core.Tests.Support;

/// <summary>A connection over memory and a clock that is moved by hand; the test plays the server.</summary>
public sealed class ConnectionFixture : IAsyncDisposable
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    public ConnectionFixture(Action<TestOptions>? configure = null, LineDialect? dialect = null, double random = 1)
    {
        Transports = new MemoryTransportFactory(Clock);
        Dialect = dialect ?? new EchoDialect();
        var options = new TestOptions { SocketWarnRequestsPerSec = double.PositiveInfinity, SocketCrashRequestsPerSec = double.PositiveInfinity };
        configure?.Invoke(options);
        Connection = new Connection(Dialect, options, Log, Clock, Transports, () => random);
    }

    public ManualTimeProvider Clock { get; } = new();

    public MemoryTransportFactory Transports { get; }

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

    public Task PostAsync(string body, CommandEnvelope? envelope = null)
    {
        envelope ??= new CommandEnvelope(body.Split(' ')[0]);
        envelope.Write(Encoding.UTF8.GetBytes(body));
        return Connection.PostAsync(envelope).AsTask();
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

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();

    private static async Task<string> AwaitAsync(ValueTask<Reply> send)
    {
        using var reply = await send;
        return Encoding.UTF8.GetString(reply.Payload.ToArray());
    }
}
