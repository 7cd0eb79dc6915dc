using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HassSocket.Trpc.Dialect;
using Microsoft.Extensions.Logging;

namespace HassSocket.Trpc;

/// <summary>The self-managing socket to one tRPC server.</summary>
/// <remarks>
/// Make one for each server and keep it for the life of the application: it connects, heals and asks again for every subscription
/// by itself. All members may be used from any thread. The members that take a <see cref="TrpcRequest"/> work in a trimmed or natively
/// compiled program; the short ones, by path and input, need reflection.
/// </remarks>
public sealed partial class TrpcClient : IAsyncDisposable
{
    private readonly Connection _connection;
    private readonly TrpcClientOptions _options;
    private readonly TrpcDialect _dialect;

    /// <summary>Creates a client that is not started.</summary>
    /// <param name="options">Which server, and how to behave; copied, later changes have no effect.</param>
    /// <param name="loggerFactory">Where to log, in the category <c>HassSocket.Trpc</c>, or <c>HassSocket.Trpc.</c> and the name of the options; by default nowhere.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    /// <param name="transportFactory">What opens sockets; by default over <see cref="System.Net.WebSockets.ClientWebSocket"/>.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message says which, what was expected, and what to do.</exception>
    public TrpcClient(
        TrpcClientOptions options,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        ITransportFactory? transportFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.ValidSnapshot();
        _dialect = new TrpcDialect(_options);
        var logger = loggerFactory?.CreateLogger(_options.Name.Length == 0 ? "HassSocket.Trpc" : $"HassSocket.Trpc.{_options.Name}");
        _connection = new Connection(_dialect, _options, logger, timeProvider ?? TimeProvider.System, transportFactory);
    }

    /// <summary>Where the connection stands.</summary>
    public ConnectionState State => _connection.State;

    /// <summary>Every step of the connection's life, with reasons; replays the latest.</summary>
    public IObservable<ConnectionStateChange> StateChanges => _connection.StateChanges;

    /// <summary>Every connection that becomes ready; replays the current one while there is one.</summary>
    public IObservable<ConnectedSession> OnConnect => _connection.Sessions;

    /// <summary>One warning for each episode of too much traffic.</summary>
    public IObservable<TrafficWarning> TrafficWarnings => _connection.TrafficWarnings;

    /// <summary>Stops calls and items while it is set; the connection stays, is watched, and answers the server's pings.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool PauseMessages
    {
        get => _connection.PauseMessages;
        set => _connection.PauseMessages = value;
    }

    /// <summary>Makes a client and connects it; attempts go on until <see cref="TrpcClientOptions.StartTimeout"/>.</summary>
    /// <param name="url">The address of the server: see <see cref="TrpcClientOptions.Url"/>.</param>
    /// <param name="configure">Sets other options.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A client that is ready (or idle, when it opens on demand); dispose it when the application ends.</returns>
    /// <exception cref="NotConnectedException">The server was not reached in time; the message holds the last attempt's reason.</exception>
    /// <exception cref="ArgumentException">The address or another option is wrong.</exception>
    public static Task<TrpcClient> ConnectAsync(
        string url, Action<TrpcClientOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new TrpcClientOptions { Url = url };
        configure?.Invoke(options);
        return ConnectAsync(options, cancellationToken: cancellationToken);
    }

    /// <summary>Starts the connection and waits until it is ready (or idle, when it opens on demand); joins when it is started already.</summary>
    /// <param name="cancellationToken">Ends the wait, not the connection.</param>
    /// <exception cref="TrafficLimitExceededException">Load safety stopped the connection.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => _connection.StartAsync(cancellationToken);

    /// <summary>Says goodbye within 2 s and stops. Streams stay: <see cref="StartAsync"/> resumes them.</summary>
    /// <param name="cancellationToken">Ends the wait, not the stop.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => _connection.StopAsync(cancellationToken);

    /// <summary>Asks a query and awaits its answer.</summary>
    /// <typeparam name="TResult">What the procedure returns.</typeparam>
    /// <param name="request">The procedure, its input, and how to wait.</param>
    /// <param name="result">How to read the answer.</param>
    /// <param name="cancellationToken">Abandons the answer; the protocol knows no cancel, so a query that has left still runs.</param>
    /// <returns>The answer; the type's default where the procedure returned <c>undefined</c>.</returns>
    /// <exception cref="TrpcException">The server refused it, or the procedure failed.</exception>
    /// <exception cref="ProtocolViolationException">The answer is not of the expected shape.</exception>
    /// <exception cref="HassSocketException">It was not sent, or its answer was lost; the type says how, as for every command of the engine.</exception>
    public Task<TResult?> QueryAsync<TResult>(TrpcRequest request, JsonTypeInfo<TResult> result, CancellationToken cancellationToken = default) =>
        CallAsync(ProcedureKind.Query, request, result, cancellationToken);

    /// <summary>Runs a mutation and awaits its answer. It is never sent again by itself once it may have run.</summary>
    /// <inheritdoc cref="QueryAsync{TResult}(TrpcRequest, JsonTypeInfo{TResult}, CancellationToken)"/>
    public Task<TResult?> MutateAsync<TResult>(TrpcRequest request, JsonTypeInfo<TResult> result, CancellationToken cancellationToken = default) =>
        CallAsync(ProcedureKind.Mutation, request, result, cancellationToken);

    /// <summary>Asks a query whose answer is taken as it is; <see cref="JsonValueKind.Undefined"/> where the procedure returned <c>undefined</c>.</summary>
    /// <inheritdoc cref="QueryAsync{TResult}(TrpcRequest, JsonTypeInfo{TResult}, CancellationToken)"/>
    public Task<JsonElement> QueryAsync(TrpcRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(ProcedureKind.Query, request, TrpcJson.Default.JsonElement, cancellationToken);

    /// <summary>Runs a mutation whose answer is taken as it is; <see cref="JsonValueKind.Undefined"/> where the procedure returned <c>undefined</c>.</summary>
    /// <inheritdoc cref="QueryAsync{TResult}(TrpcRequest, JsonTypeInfo{TResult}, CancellationToken)"/>
    public Task<JsonElement> MutateAsync(TrpcRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(ProcedureKind.Mutation, request, TrpcJson.Default.JsonElement, cancellationToken);

    /// <summary>Makes the live stream of a subscription; nothing is asked for before it has a consumer, and each consumer is a run of its own.</summary>
    /// <typeparam name="T">What consumers receive.</typeparam>
    /// <param name="request">The procedure and its input.</param>
    /// <param name="item">How to read an item.</param>
    /// <returns>A stream that survives reconnects; one of tracked items goes on behind the last that came.</returns>
    public LiveStream<T> Subscribe<T>(TrpcRequest request, JsonTypeInfo<T> item) =>
        _connection.Subscribe(new ItemSource<T>(request, _options.Transformer, item));

    /// <summary>Makes the live stream of a subscription whose items are taken as they are.</summary>
    /// <inheritdoc cref="Subscribe{T}(TrpcRequest, JsonTypeInfo{T})"/>
    public LiveStream<JsonElement> Subscribe(TrpcRequest request) => Subscribe(request, TrpcJson.Default.JsonElement);

    /// <summary>Makes the live stream of a subscription, whose items come with the ids that the server tracks them by.</summary>
    /// <inheritdoc cref="Subscribe{T}(TrpcRequest, JsonTypeInfo{T})"/>
    public LiveStream<Tracked<T>> SubscribeTracked<T>(TrpcRequest request, JsonTypeInfo<T> item) =>
        _connection.Subscribe(new TrackedItemSource<T>(request, _options.Transformer, item));

    /// <summary>Stops, ends everything that waits with its reason, and completes every stream.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    internal static async Task<TrpcClient> ConnectAsync(
        TrpcClientOptions options, TimeProvider? time = null, ITransportFactory? transports = null, CancellationToken cancellationToken = default)
    {
        var clock = time ?? TimeProvider.System;
        var client = new TrpcClient(options, null, clock, transports);
        await client._connection.StartWithinAsync(options.StartTimeout, clock, cancellationToken).ConfigureAwait(false);
        return client;
    }

    private async Task<TResult?> CallAsync<TResult>(
        ProcedureKind kind, TrpcRequest request, JsonTypeInfo<TResult> result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(result);
        for (var isAgain = false; ; isAgain = true)
        {
            try
            {
                var envelope = RequestEncoder.ToEnvelope(kind, request, _options.Transformer);
                using var reply = await _connection.SendAsync(envelope, cancellationToken).ConfigureAwait(false);
                return ResultReader.Read(reply.Payload, _options.Transformer, result, request.Path, reply.Key);
            }
            catch (TrpcException refusal) when (!isAgain && _dialect.MeansAgain(refusal))
            {
                // The frame was refused as a whole and nothing in it was run, so even a mutation may be sent once more, alone.
            }
        }
    }
}
