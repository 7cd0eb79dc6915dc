using System.Runtime.CompilerServices;
using HassSocket.Connections;
using HassSocket.Diagnostics;
using HassSocket.Sending;
using HassSocket.Sessions;
using HassSocket.Streams;
using HassSocket.Subscriptions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HassSocket;

/// <summary>The long life of a socket that manages itself: opens session after session, and keeps true what was asked for.</summary>
/// <remarks>
/// The engine beneath every client of HassSocket; a dialect teaches it the protocol. All members may be called from any thread.
/// Every awaited operation ends, with a result or with a reason.
/// </remarks>
public sealed partial class Connection : IAsyncDisposable
{
    private readonly ConnectionOptions _options;
    private readonly IDialect _dialect;
    private readonly TimeProvider _time;
    private readonly SendGate _gate;
    private readonly TrafficMonitor _traffic;
    private readonly SubscriptionRegistry _registry;
    private readonly Telemetry _telemetry;
    private readonly StateFeed _states;
    private readonly Feed<ConnectedSession> _sessions;
    private readonly Feed<TrafficWarning> _warnings;
    private readonly ConnectionLife _life;
    private readonly Lock _pause = new();
    private bool _isPaused;
    private int _isDisposed;

    /// <summary>Creates a connection that is not started.</summary>
    /// <param name="dialect">The protocol.</param>
    /// <param name="options">How to behave; copied.</param>
    /// <param name="logger">Where to log; by default nowhere.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    /// <param name="transportFactory">What opens sockets; by default over <see cref="System.Net.WebSockets.ClientWebSocket"/>.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message says which, what was expected, and what to do.</exception>
    public Connection(
        IDialect dialect,
        ConnectionOptions options,
        ILogger? logger = null,
        TimeProvider? timeProvider = null,
        ITransportFactory? transportFactory = null)
        : this(dialect, options, logger, timeProvider, transportFactory, Random.Shared.NextDouble)
    {
    }

    internal Connection(
        IDialect dialect, ConnectionOptions options, ILogger? logger, TimeProvider? time, ITransportFactory? transports, Func<double> random)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate().ToList() is { Count: > 0 } problems) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));
        _dialect = dialect;
        _options = options.Copy();
        _time = time ?? TimeProvider.System;
        _log = logger is null ? NullLogger.Instance : new UnthrowingLogger(logger);
        _telemetry = new Telemetry(_options.Name);
        _gate = new SendGate(_options, _time);
        _traffic = new TrafficMonitor(_options, _time);
        _registry = new SubscriptionRegistry(dialect, _time, _log);
        Streams = new StreamContext(_registry, _time, _telemetry, _log);
        _states = new StateFeed(_time, LogObserverFailed);
        _sessions = new Feed<ConnectedSession>(LogObserverFailed);
        _warnings = new Feed<TrafficWarning>(LogObserverFailed);
        var owner = new SessionOwner(_registry, _warnings, _log);
        var context = new SessionContext(dialect, _options, _time, _gate, _traffic, _telemetry, owner, _log);
        var parts = new ConnectionParts(context, _registry, _states, _sessions);
        _life = new ConnectionLife(parts, owner, transports ?? new Transport.WebSocketTransportFactory(_log, _time), random);
        _telemetry.Show(new Telemetry.Gauges(() => State, () => _gate.Waiting, () => _registry.MailboxDepth, () => _traffic.Rate));
    }

    /// <summary>Where the connection stands.</summary>
    public ConnectionState State => _states.Current;

    /// <summary>The latest step of its life: why it is where it is.</summary>
    public ConnectionStateChange LatestChange => _states.Latest;

    /// <summary>Every step of its life; replays the latest. Observers are called on the pool, one at a time each; what they throw is logged.</summary>
    public IObservable<ConnectionStateChange> StateChanges => _states.Changes;

    /// <summary>Every session that becomes ready; replays the current one while there is one.</summary>
    public IObservable<ConnectedSession> Sessions => field ??= new SessionHandlers(_sessions);

    /// <summary>One warning for each episode of too much traffic.</summary>
    public IObservable<TrafficWarning> TrafficWarnings => _warnings;

    /// <summary>How many subscriptions wait for a server that cannot serve them yet.</summary>
    public int WaitingSubscriptions => _registry.Waiting;

    internal StreamContext Streams { get; }

    /// <summary>Stops outgoing commands and incoming items while it is set; the connection stays and is watched. Setting it twice is once.</summary>
    public bool PauseMessages
    {
        get { lock (_pause) return _isPaused; }
        set
        {
            lock (_pause) SetPaused_NeedsLock(value);
            if (!value) _gate.OpenSession?.Kick();
        }
    }

    /// <summary>Starts the connection and waits until it is ready (or idle, when it opens on demand); joins when it is started already.</summary>
    /// <param name="cancellationToken">Ends the wait, not the connection.</param>
    /// <exception cref="AuthenticationRejectedException">The server rejected the credentials.</exception>
    /// <exception cref="TrafficLimitExceededException">Load safety stopped the connection.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return _life.StartAsync(cancellationToken);
    }

    /// <summary>Says goodbye within 2 s and stops. Streams and what they ask for stay: <see cref="StartAsync"/> resumes them.</summary>
    /// <param name="cancellationToken">Ends the wait, not the stop.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => _life.StopAsync(cancellationToken);

    /// <summary>Sends a command and awaits its answer.</summary>
    /// <param name="command">The command; used once, its memory is given back.</param>
    /// <param name="cancellationToken">Abandons the wait; a command that has not left never will.</param>
    /// <returns>The answer, to be disposed after reading.</returns>
    /// <exception cref="ArgumentException">It asks to be dropped, or for a time that no timer can count.</exception>
    /// <exception cref="NotConnectedException">It was not sent: there is no connection, or none in time.</exception>
    /// <exception cref="MessagesPausedException">It was not sent: messages are paused.</exception>
    /// <exception cref="ConnectionLostException">It was sent, and the connection was lost before the answer.</exception>
    /// <exception cref="ResponseTimeoutException">It was sent, and no answer came in time.</exception>
    /// <exception cref="CommandFailedException">The server refused it.</exception>
    /// <exception cref="TrafficLimitExceededException">Load safety stopped the connection.</exception>
    public ValueTask<Reply> SendAsync(CommandEnvelope command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return RunAsync(command, CommandKind.Request, cancellationToken);
    }

    /// <summary>Sends a command without awaiting its answer; completes when it is written, or dropped as it asked for.</summary>
    /// <param name="command">The command; used once, its memory is given back.</param>
    /// <param name="cancellationToken">Abandons the wait; a command that has not left never will.</param>
    /// <exception cref="HassSocketException">It was not sent, for the same reasons as in <see cref="SendAsync"/>.</exception>
    public async ValueTask PostAsync(CommandEnvelope command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        using var nothing = await RunAsync(command, CommandKind.Post, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the live stream of a subscription; nothing is asked for before it has a consumer.</summary>
    /// <typeparam name="T">What consumers receive.</typeparam>
    /// <param name="source">What to ask for.</param>
    public LiveStream<T> Subscribe<T>(SubscriptionSource<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new SubscriptionStream<T>(source, new StreamOptions(), Streams);
    }

    /// <summary>Stops, ends everything that waits with its reason, and completes every stream.</summary>
    public async ValueTask DisposeAsync()
    {
        var isFirst = Interlocked.Exchange(ref _isDisposed, 1) == 0;
        await _life.DisposeAsync().ConfigureAwait(false); // whoever comes second waits for the end as well
        if (!isFirst) return;
        _registry.Complete();
        _sessions.Complete();
        _states.Complete();
        _warnings.Complete();
        _gate.Dispose();
        _telemetry.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Reply> RunAsync(CommandEnvelope envelope, CommandKind kind, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var outcome = "ok";
        var activity = _telemetry.StartCommand(envelope.Name);
        try
        {
            var command = new OutgoingCommand(envelope, kind) { KeepsReply = kind == CommandKind.Request };
            var reply = await EnqueueAsync(command, cancellationToken).ConfigureAwait(false);
            if (command.WasDropped) outcome = Outcomes.Dropped;
            return reply;
        }
        catch (Exception error)
        {
            outcome = Outcomes.Of(error);
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, outcome);
            throw;
        }
        finally
        {
            _telemetry.Command(envelope.Name, outcome, _time.GetElapsedTime(began), activity);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Reply> EnqueueAsync(OutgoingCommand command, CancellationToken cancellationToken)
    {
        try
        {
            Check(command, cancellationToken);
            if (!_gate.Enqueue(command)) command.Drop();
        }
        catch
        {
            command.Envelope.ReturnBody();
            throw;
        }

        using var abandon = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (gate, abandoned) = ((SendGate, OutgoingCommand))state!;
                gate.Abandon(abandoned, token);
            },
            cancellationToken.CanBeCanceled ? (_gate, command) : null);
        _gate.OpenSession?.Kick();
        return await command.Answer.ConfigureAwait(false);
    }

    private void Check(OutgoingCommand command, CancellationToken cancellationToken)
    {
        CommandRules.Check(command);
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        var size = command.Envelope.Body.Length;
        if (size < _dialect.Facts.MaxRequestBytes - Writer.RoomForKey) return;
        throw new ProtocolViolationException(
            $"'{command.Name}' was not sent: it has {size:N0} bytes, and the server hangs up on messages of {_dialect.Facts.MaxRequestBytes:N0} and more. Send it in parts.")
        { Command = command.Name };
    }

    private void SetPaused_NeedsLock(bool isPaused)
    {
        if (_isPaused == isPaused) return;
        _isPaused = isPaused;
        LogPaused(isPaused);
        if (isPaused)
        {
            _gate.Pause();
            _registry.Pause();
        }
        else
        {
            _registry.Resume();
            _gate.Resume();
        }
    }
}
