using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using HassSocket.Testing.Simulator;
using HassSocket.Testing.Trpc;

namespace HassSocket.Testing;

/// <summary>A tRPC server in memory, or on a loopback socket, for tests: your procedures, and the rules of a real server's WebSocket adapter (version 11).</summary>
/// <remarks>
/// Connect through <see cref="Transports"/>, or call <see cref="ListenAsync"/> and connect to <see cref="Url"/> with any client. All members
/// may be called from any thread. Procedures run on the thread that reads the connection until they first wait, one after the other.
/// </remarks>
public sealed class FakeTrpcServer : IAsyncDisposable
{
    private readonly TrpcOffice _office;
    private KestrelEndpoint? _endpoint;

    /// <summary>Creates a server without procedures.</summary>
    /// <param name="options">How it behaves; the defaults otherwise.</param>
    public FakeTrpcServer(FakeTrpcServerOptions? options = null)
    {
        _office = new TrpcOffice(options ?? new FakeTrpcServerOptions());
        Transports = new TrpcTransportFactory(_office);
    }

    /// <summary><c>undefined</c>, which is not null: what a procedure returns to answer so, or what stands within its result. Plain JSON leaves it out, superjson tags it.</summary>
    public static JsonNode Undefined => JsonValue.Create(TypedValues.Undefined);

    /// <summary>Opens sockets to the server in memory, whatever address is dialled.</summary>
    public ITransportFactory Transports { get; }

    /// <summary>The address of the server.</summary>
    /// <value>A made-up one until <see cref="ListenAsync"/> was called; then <c>ws://127.0.0.1:</c> and the port.</value>
    public Uri Url => _endpoint is { } endpoint ? new UriBuilder(endpoint.BaseUrl) { Scheme = "ws" }.Uri : new Uri("ws://board.invalid:3001/");

    /// <summary>What can go wrong, at the hands of a test.</summary>
    public FakeTrpcFaults Faults => _office.Faults;

    /// <summary>All connections there ever were, in order.</summary>
    public IReadOnlyList<FakeTrpcConnection> Connections => [.. _office.Connections.Select(connection => connection.Face)];

    /// <summary>Everything that clients sent, in order, as it came; connection params included.</summary>
    public IReadOnlyList<ReceivedMessage> Received => _office.Log.All;

    /// <summary>Every request that was understood, in order, also where several came in one array.</summary>
    public IReadOnlyList<FakeTrpcCall> Calls => _office.Calls.All;

    internal TrpcOffice Office => _office;

    /// <summary>Opens a real socket on 127.0.0.1; its path and query do not matter.</summary>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task ListenAsync(int port = 0, CancellationToken cancellationToken = default)
    {
        if (_endpoint is not null) throw new InvalidOperationException("The server listens already.");
        var endpoint = new KestrelEndpoint(new TrpcDesk(_office).ServeAsync, port);
        await endpoint.OpenAsync(cancellationToken).ConfigureAwait(false);
        _endpoint = endpoint;
    }

    /// <summary>Adds a query, or replaces it.</summary>
    /// <param name="path">Where it stands, such as <c>post.byId</c>.</param>
    /// <param name="answer">Gives the result; throws <see cref="FakeTrpcErrorException"/> to answer with an error.</param>
    [OverloadResolutionPriority(1)]
    public void OnQuery(string path, Func<FakeTrpcCall, JsonNode?> answer) => OnQuery(path, Later(answer));

    /// <inheritdoc cref="OnQuery(string, Func{FakeTrpcCall, JsonNode})"/>
    public void OnQuery(string path, Func<FakeTrpcCall, Task<JsonNode?>> answer) => _office.Procedures.Add(new AnsweringProcedure("query", path, answer));

    /// <summary>Adds a mutation, or replaces it.</summary>
    /// <param name="path">Where it stands, such as <c>post.add</c>.</param>
    /// <param name="answer">Does it, and gives the result; throws <see cref="FakeTrpcErrorException"/> to answer with an error.</param>
    [OverloadResolutionPriority(1)]
    public void OnMutation(string path, Func<FakeTrpcCall, JsonNode?> answer) => OnMutation(path, Later(answer));

    /// <inheritdoc cref="OnMutation(string, Func{FakeTrpcCall, JsonNode})"/>
    public void OnMutation(string path, Func<FakeTrpcCall, Task<JsonNode?>> answer) => _office.Procedures.Add(new AnsweringProcedure("mutation", path, answer));

    /// <summary>Adds a subscription, or replaces it; runs go on as they began.</summary>
    /// <param name="path">Where it stands, such as <c>log.subscribe</c>.</param>
    /// <param name="items">Called for each run; what it throws before its first item was asked for is the answer to the request. A run should end with <see cref="FakeTrpcCall.Stopped"/>, as its end is what the client waits for.</param>
    public void OnSubscription(string path, Func<FakeTrpcCall, IAsyncEnumerable<JsonNode?>> items) => _office.Procedures.Add(new StreamingProcedure<JsonNode?>(path, items));

    /// <summary>Adds a subscription whose items have ids; a client that resumes tells the last one in <see cref="FakeTrpcCall.LastEventId"/>.</summary>
    /// <inheritdoc cref="OnSubscription(string, Func{FakeTrpcCall, IAsyncEnumerable{JsonNode}})"/>
    public void OnSubscription(string path, Func<FakeTrpcCall, IAsyncEnumerable<FakeTrackedItem>> items) => _office.Procedures.Add(new StreamingProcedure<FakeTrackedItem>(path, items));

    /// <summary>Adds a subscription into which a test puts the items by hand.</summary>
    /// <param name="path">Where it stands, such as <c>post.onAdd</c>.</param>
    /// <param name="isTracked">Whether the items have ids, and clients may resume behind one.</param>
    /// <returns>Where the items go in.</returns>
    public FakeTrpcFeed AddFeed(string path, bool isTracked = false)
    {
        var feed = new FakeTrpcFeed(isTracked);
        if (isTracked) OnSubscription(path, feed.TrackedItems);
        else OnSubscription(path, feed.Items);
        return feed;
    }

    /// <summary>Decides about each new connection, as the server's context does: once, before its first request is answered.</summary>
    /// <param name="admit">Looks at cookies, headers and connection params; throws <see cref="FakeTrpcErrorException"/> to reject, for example with UNAUTHORIZED.</param>
    public void OnConnect(Func<FakeTrpcConnection, Task> admit)
    {
        ArgumentNullException.ThrowIfNull(admit);
        _office.Admit = admit;
    }

    /// <summary>Asks all clients to connect anew, as <c>broadcastReconnectNotification</c> does; connections and what runs there stay.</summary>
    public void BroadcastReconnect()
    {
        foreach (var connection in _office.Connections) connection.Face.AskToReconnect();
    }

    /// <summary>Waits until a client has asked for a procedure, at any time.</summary>
    /// <param name="path">The procedure.</param>
    /// <param name="count">How many requests; 1 by default.</param>
    /// <param name="guard">The longest wait in real time; 30 seconds by default.</param>
    /// <returns>The request that made it so many.</returns>
    /// <exception cref="TimeoutException">So many did not come; the message lists what came instead.</exception>
    public Task<FakeTrpcCall> WaitForCallAsync(string path, int count = 1, TimeSpan? guard = null) => _office.Calls.WaitAsync(path, count, guard);

    /// <summary>Drops all connections and stops listening; nobody gets in any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Faults.RefuseConnections = true;
        Faults.DropAll();
        if (_endpoint is not null) await _endpoint.DisposeAsync().ConfigureAwait(false);
    }

    private static Func<FakeTrpcCall, Task<JsonNode?>> Later(Func<FakeTrpcCall, JsonNode?> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return call => Task.FromResult(answer(call));
    }
}
