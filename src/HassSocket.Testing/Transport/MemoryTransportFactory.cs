using System.Threading.Channels;
using HassSocket.Testing.Time;
using HassSocket.Testing.Transport;

namespace HassSocket.Testing;

/// <summary>Opens sockets in memory and hands the other end of each to the test.</summary>
/// <remarks>Dials are accepted until told otherwise. All members may be called from any thread.</remarks>
public sealed class MemoryTransportFactory : ITransportFactory
{
    private readonly Lock _gate = new();
    private readonly List<MemoryDial> _dials = [];
    private readonly Queue<Func<CancellationToken, Task>> _obstacles = [];
    private readonly TimeProvider _time;
    private readonly Channel<MemoryConnection> _connections = Channel.CreateUnbounded<MemoryConnection>(
        new UnboundedChannelOptions { AllowSynchronousContinuations = false });

    private Func<CancellationToken, Task>? _lastingObstacle;
    private TaskCompletionSource _dialled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Creates a factory.</summary>
    /// <param name="time">The clock of its sockets; the system's by default.</param>
    public MemoryTransportFactory(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>How often a client tried to connect, successful or not.</summary>
    public int DialCount
    {
        get
        {
            lock (_gate) return _dials.Count;
        }
    }

    /// <summary>Every attempt of a client to connect so far, in order.</summary>
    public IReadOnlyList<MemoryDial> Dials
    {
        get
        {
            lock (_gate) return [.. _dials];
        }
    }

    /// <summary>Waits for the next connection that a client opened.</summary>
    /// <param name="guard">The longest wait in real time; 10 seconds by default.</param>
    /// <exception cref="TimeoutException">Nobody connected.</exception>
    public async Task<MemoryConnection> NextConnectionAsync(TimeSpan? guard = null)
    {
        MemoryConnection? connection;
        while (!_connections.Reader.TryRead(out connection))
        {
            try
            {
                await _connections.Reader.WaitToReadAsync().AsTask()
                    .WaitAsync(guard ?? Guard.Default, TimeProvider.System).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"No client connected; there were {DialCount} dials so far.");
            }
        }

        return connection;
    }

    /// <summary>Waits until clients have tried to connect so many times in all.</summary>
    /// <param name="count">How many.</param>
    /// <param name="guard">The longest wait in real time; 10 seconds by default.</param>
    /// <exception cref="TimeoutException">They have not.</exception>
    public async Task WaitForDialsAsync(int count, TimeSpan? guard = null)
    {
        while (true)
        {
            Task dialled;
            lock (_gate)
            {
                if (_dials.Count >= count) return;
                dialled = _dialled.Task;
            }

            await dialled.WaitAsync(guard ?? Guard.Default, TimeProvider.System).ConfigureAwait(false);
        }
    }

    /// <summary>Refuses the next dials.</summary>
    /// <param name="count">How many; <see cref="int.MaxValue"/> means all until <see cref="Accept"/>.</param>
    /// <param name="reason">What the client meets; by default a <see cref="NotConnectedException"/> as when nothing listens.</param>
    public void Refuse(int count = 1, Exception? reason = null)
        => Obstruct(count, _ => throw (reason ?? new NotConnectedException("Nothing listens there.", EndReason.Refused)));

    /// <summary>Lets the next dials hang until the client cancels them.</summary>
    /// <param name="count">How many; <see cref="int.MaxValue"/> means all until <see cref="Accept"/>.</param>
    public void Hang(int count = 1)
        => Obstruct(count, cancellationToken => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));

    /// <summary>Accepts dials again, whatever was to come.</summary>
    public void Accept()
    {
        lock (_gate)
        {
            _obstacles.Clear();
            _lastingObstacle = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        if (Note(request) is { } obstacle) await obstacle(cancellationToken).ConfigureAwait(false);
        var connection = new MemoryConnection(request, _time);
        _connections.Writer.TryWrite(connection);
        return new MemoryTransport(connection);
    }

    private void Obstruct(int count, Func<CancellationToken, Task> obstacle)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        lock (_gate)
        {
            if (count == int.MaxValue) _lastingObstacle = obstacle;
            else for (var i = 0; i < count; i++) _obstacles.Enqueue(obstacle);
        }
    }

    private Func<CancellationToken, Task>? Note(UpgradeRequest request)
    {
        TaskCompletionSource dialled;
        Func<CancellationToken, Task>? obstacle;
        lock (_gate)
        {
            _dials.Add(new MemoryDial(request, _time.GetUtcNow()));
            (dialled, _dialled) = (_dialled, new(TaskCreationOptions.RunContinuationsAsynchronously));
            obstacle = _obstacles.TryDequeue(out var next) ? next : _lastingObstacle;
        }

        dialled.TrySetResult();
        return obstacle;
    }
}
