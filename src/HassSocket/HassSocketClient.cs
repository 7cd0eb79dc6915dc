using System.Runtime.CompilerServices;
using HassSocket.DependencyInjection;
using HassSocket.Dialect;
using Microsoft.Extensions.Logging;

namespace HassSocket;

/// <summary>The self-managing socket to one Home Assistant.</summary>
/// <remarks>
/// Make one for each house and keep it for the life of the application: it connects, heals and asks again for every subscription
/// by itself. All members may be used from any thread.
/// </remarks>
public sealed class HassSocketClient : IHassSocket, IWaitingSubscriptions
{
    private readonly Connection _connection;

    /// <summary>Creates a socket that is not started.</summary>
    /// <param name="options">Which house, which token, and how to behave; copied, later changes have no effect.</param>
    /// <param name="loggerFactory">Where to log, in the category <c>HassSocket</c>, or <c>HassSocket.</c> and the name of the options; by default nowhere.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    /// <param name="transportFactory">What opens sockets; by default over <see cref="System.Net.WebSockets.ClientWebSocket"/>.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Options are wrong; the message says which, what was expected, and what to do.</exception>
    public HassSocketClient(
        HassSocketOptions options,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        ITransportFactory? transportFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var snapshot = options.ValidSnapshot();
        // Filters go by the beginning of a category: a rule for HassSocket holds for every house.
        var logger = loggerFactory?.CreateLogger(snapshot.Name.Length == 0 ? "HassSocket" : $"HassSocket.{snapshot.Name}");
        _connection = new Connection(snapshot.CreateDialect(), snapshot, logger, timeProvider, transportFactory);
        OnConnect = new ConnectionNews(_connection.Sessions);
        Entities = new EntityStates(new EntityStatesContext(_connection, snapshot.WaitForReady, timeProvider ?? TimeProvider.System));
    }

    /// <inheritdoc/>
    public ConnectionState State => _connection.State;

    /// <inheritdoc/>
    public IObservable<ConnectionStateChange> StateChanges => _connection.StateChanges;

    /// <inheritdoc/>
    public IObservable<HassConnection> OnConnect { get; }

    /// <inheritdoc/>
    public IObservable<TrafficWarning> TrafficWarnings => _connection.TrafficWarnings;

    /// <inheritdoc/>
    public bool PauseMessages
    {
        get => _connection.PauseMessages;
        set => _connection.PauseMessages = value;
    }

    /// <inheritdoc/>
    public IEntityStates Entities { get; }

    int IWaitingSubscriptions.WaitingSubscriptions => _connection.WaitingSubscriptions;

    /// <summary>Makes a socket and connects it; attempts go on until <see cref="HassSocketOptions.StartTimeout"/>.</summary>
    /// <param name="url">The address of Home Assistant: see <see cref="HassSocketOptions.BaseUrl"/>.</param>
    /// <param name="token">A long-lived access token: see <see cref="HassSocketOptions.Token"/>.</param>
    /// <param name="configure">Sets other options.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A socket that is ready; dispose it when the application ends.</returns>
    /// <exception cref="NotConnectedException">The server was not reached in time; the message holds the last attempt's reason.</exception>
    /// <exception cref="AuthenticationRejectedException">The server rejected the token.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Address, token or another option is wrong.</exception>
    public static async Task<HassSocketClient> ConnectAsync(
        string url, string token, Action<HassSocketOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new HassSocketOptions { BaseUrl = url, Token = token };
        configure?.Invoke(options);
        return await ConnectAsync(options, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public LiveStream<HassEvent> OnEvent(string eventType) => Subscribe(new EventSubscription(eventType));

    /// <inheritdoc/>
    public LiveStream<RawEvent> OnRawEvent(string eventType) =>
        _connection.Subscribe(new RawSource(new HassSubscriptionSource<HassEvent>(new EventSubscription(eventType))));

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => _connection.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken = default) => _connection.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<TResult> SendMessageAsync<TResult>(HassCommand<TResult> command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return SendAsync(command, cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public Task PostMessageAsync(HassCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return _connection.PostAsync(RequestEncoder.ToEnvelope(command), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public LiveStream<T> Subscribe<T>(HassSubscription<T> subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        return _connection.Subscribe(new HassSubscriptionSource<T>(subscription));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Where many are sent, the state of a wait is used again for the next one.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TResult> SendAsync<TResult>(HassCommand<TResult> command, CancellationToken cancellationToken)
    {
        using var reply = await _connection.SendAsync(RequestEncoder.ToEnvelope(command), cancellationToken).ConfigureAwait(false);
        return ResultReader.Read(command, reply.Payload, reply.Key);
    }

    internal static async Task<HassSocketClient> ConnectAsync(
        HassSocketOptions options, TimeProvider? time = null, ITransportFactory? transports = null, CancellationToken cancellationToken = default)
    {
        var clock = time ?? TimeProvider.System;
        var client = new HassSocketClient(options, null, clock, transports);
        await client._connection.StartWithinAsync(options.StartTimeout, clock, cancellationToken).ConfigureAwait(false);
        return client;
    }
}
