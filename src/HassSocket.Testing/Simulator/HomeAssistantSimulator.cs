using System.Text.Json.Nodes;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing;

/// <summary>A Home Assistant in memory, or on a loopback socket, for tests: it talks, remembers, acts and fails like a real one.</summary>
/// <remarks>
/// It begins with the entities, services and configuration of a real demo house. Connect through <see cref="Transports"/>, or call
/// <see cref="ListenAsync"/> and connect to <see cref="BaseUrl"/> with any client. All members may be called from any thread.
/// </remarks>
public sealed class HomeAssistantSimulator : IAsyncDisposable
{
    private readonly House _house;
    private KestrelEndpoint? _endpoint;

    /// <summary>Creates a house.</summary>
    /// <param name="options">How it begins; the defaults otherwise.</param>
    public HomeAssistantSimulator(HomeAssistantSimulatorOptions? options = null)
    {
        _house = new House(this, options ?? new HomeAssistantSimulatorOptions());
        Owner = _house.Users.Add("Owner", isOwner: true);
        Guest = _house.Users.Add("Guest");
        Viewer = _house.Users.Add("Viewer", isReadOnly: true);
        Faults = new SimulatedFaults(_house);
        Transports = new SimulatorTransportFactory(_house, Faults);
    }

    /// <summary>The administrator whose token <see cref="Token"/> is.</summary>
    public SimulatedUser Owner { get; }

    /// <summary>An ordinary user: may control everything, administer nothing.</summary>
    public SimulatedUser Guest { get; }

    /// <summary>A user who may only look.</summary>
    public SimulatedUser Viewer { get; }

    /// <summary>The access token of <see cref="Owner"/>.</summary>
    public string Token => Owner.Token;

    /// <summary>Opens sockets to the house in memory, whatever address is dialled.</summary>
    public ITransportFactory Transports { get; }

    /// <summary>The address of the house.</summary>
    /// <value>A made-up one until <see cref="ListenAsync"/> was called; then <c>http://127.0.0.1:</c> and the port.</value>
    public Uri BaseUrl => _endpoint?.BaseUrl ?? new Uri("http://house.invalid:8123/");

    /// <summary>What can go wrong, at the hands of a test.</summary>
    public SimulatedFaults Faults { get; }

    /// <summary>All connections there ever were, in order.</summary>
    public IReadOnlyList<SimulatedConnection> Connections => [.. _house.Connections.Select(connection => connection.Face)];

    /// <summary>Everything that clients sent, in order, tokens included.</summary>
    public IReadOnlyList<ReceivedMessage> Received => _house.Log.All;

    /// <summary>What clients sent until now, command by command, to be looked at and asserted.</summary>
    public SentCommands Sent => new(_house.Log.All.SelectMany(ReceivedCommand.In));

    /// <summary>All states of the house at this moment.</summary>
    public IReadOnlyList<SimulatedState> States => _house.Ticks.Run(() => _house.States.All.ToArray());

    internal House House => _house;

    /// <summary>Opens a real socket on 127.0.0.1, with the WebSocket at <c>/api/websocket</c>.</summary>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task ListenAsync(int port = 0, CancellationToken cancellationToken = default)
    {
        if (_endpoint is not null) throw new InvalidOperationException("The house listens already.");
        var endpoint = new KestrelEndpoint(new RequestDesk(_house, Faults).ServeAsync, port);
        await endpoint.OpenAsync(cancellationToken).ConfigureAwait(false);
        _house.Lifecycle.Endpoint = _endpoint = endpoint;
    }

    /// <summary>Adds somebody who may enter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isAdmin">Whether they are an administrator.</param>
    public SimulatedUser AddUser(string name, bool isAdmin = false) => _house.Users.Add(name, isAdmin: isAdmin);

    /// <summary>Logs somebody in as an application does, with tokens that have to be renewed.</summary>
    /// <param name="user">Who.</param>
    /// <param name="clientId">The address of the application.</param>
    public SimulatedLogin LogIn(SimulatedUser user, string clientId = "http://application.test/")
    {
        var login = _house.Tokens.AddLogin(user, clientId);
        return new SimulatedLogin(_house.Tokens.Issue(login), login.Secret, clientId, _house.Now + TokenStore.AccessFor);
    }

    /// <summary>The code that a browser brings back from the login page; good for one login at <c>/auth/token</c>, for ten minutes.</summary>
    /// <param name="user">Who logged in there.</param>
    /// <param name="clientId">The address of the application.</param>
    public string GrantCode(SimulatedUser user, string clientId) => _house.Tokens.GrantCode(user, clientId);

    /// <summary>Makes an access token worthless, the others of its login as well, and closes the connections that were opened with them, as the real server does.</summary>
    /// <param name="token">The access token.</param>
    public void RevokeToken(string token)
    {
        if (_house.Tokens.FindByAccessToken(token) is { } login) _house.EndLogin(login);
    }

    /// <summary>The state of an entity; <see langword="null"/> when there is none.</summary>
    /// <param name="entityId">Such as <c>light.bed_light</c>.</param>
    public SimulatedState? GetState(string entityId) => _house.Ticks.Run(() => _house.States.Find(entityId));

    /// <summary>Writes a state; a change is told to everybody who subscribed to it.</summary>
    /// <param name="entityId">The entity, which need not exist yet.</param>
    /// <param name="state">Its state.</param>
    /// <param name="attributes">All its attributes; <see langword="null"/> leaves the ones it has.</param>
    public SimulatedState SetState(string entityId, string state, JsonObject? attributes = null)
    {
        if (!Checks.IsEntityId(entityId)) throw new ArgumentException($"'{entityId}' is no entity id, such as light.kitchen.", nameof(entityId));
        return _house.Ticks.Run(() =>
        {
            var next = attributes ?? _house.States.Find(entityId)?.Attributes ?? [];
            return _house.States.Set(entityId, state, next.DeepClone().AsObject(), _house.NewContext());
        });
    }

    /// <summary>Removes an entity.</summary>
    /// <param name="entityId">The entity.</param>
    /// <returns>Whether it existed.</returns>
    public bool RemoveEntity(string entityId) => _house.Ticks.Run(() => _house.States.Remove(entityId, _house.NewContext()));

    /// <summary>Does several things in one moment of the house, so that their messages wait for each client together, as when an integration reloads.</summary>
    /// <param name="work">What happens, such as many calls of <see cref="SetState"/>; must not wait for anything.</param>
    public void AtOnce(Action work) => _house.Ticks.Run(work);

    /// <summary>Restarts the server: everybody is closed, nobody answers for a while, then it starts up step by step.</summary>
    /// <param name="how">How long it takes; the recorded times by default.</param>
    /// <remarks>A call of <c>homeassistant.restart</c> does the same with the defaults.</remarks>
    public void Restart(SimulatedRestart? how = null) => _house.Lifecycle.Restart(how ?? new SimulatedRestart());

    /// <summary>Adds entities that change all the time, and fires events, by the clock of the house.</summary>
    /// <param name="profile">How many of each; the defaults otherwise.</param>
    /// <returns>The load; disposing it ends it.</returns>
    /// <exception cref="ArgumentException">The profile makes no sense; the message says why.</exception>
    public SimulatedLoad StartLoad(LoadProfile? profile = null)
    {
        profile ??= new LoadProfile();
        profile.Check();
        return new SimulatedLoad(_house, profile);
    }

    /// <summary>Puts an event on the bus.</summary>
    /// <param name="eventType">Its type.</param>
    /// <param name="data">Its data; empty by default.</param>
    public void FireEvent(string eventType, JsonObject? data = null) => _house.Ticks.Run(() => _house.Bus.Fire(
        HouseEvent.Of(eventType, data?.DeepClone().AsObject(), _house.NewContext(), _house.Now)));

    /// <summary>Adds a service, or replaces one.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="service">The service.</param>
    /// <param name="handler">What it does; throws <see cref="SimulatedErrorException"/> to answer with an error.</param>
    /// <param name="response">Whether it answers.</param>
    public void AddService(
        string domain, string service, Func<SimulatedServiceCall, Task<JsonNode?>> handler, SimulatedResponse response = SimulatedResponse.None)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var description = new JsonObject { ["name"] = "", ["description"] = "", ["fields"] = new JsonObject() };
        if (response != SimulatedResponse.None) description["response"] = new JsonObject { ["optional"] = response == SimulatedResponse.Optional };
        _house.Ticks.Run(() =>
        {
            _house.Services.Set(domain, service, new ServiceEntry(description) { Run = handler, IsForeign = true });
            Tell("service_registered", domain, service);
        });
    }

    /// <summary>Removes a service.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="service">The service.</param>
    public void RemoveService(string domain, string service) => _house.Ticks.Run(() =>
    {
        if (_house.Services.Remove(domain, service)) Tell("service_removed", domain, service);
    });

    /// <summary>Answers a type of command, instead of the house where it knows the type.</summary>
    /// <param name="type">The type on the wire.</param>
    /// <param name="handler">Gives the result; throws <see cref="SimulatedErrorException"/> to answer with an error.</param>
    public void OnCommand(string type, Func<SimulatedCommand, Task<JsonNode?>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _house.Ticks.Run(() => _house.Commands.Set(new CustomCommand(type, handler)));
    }

    /// <summary>Forgets a type of command, as when its integration is not loaded: it answers <c>unknown_command</c>.</summary>
    /// <param name="type">The type on the wire.</param>
    public void ForgetCommand(string type) => _house.Ticks.Run(() => _house.Commands.Remove(type));

    /// <summary>Waits until a client has sent a command of this type, at any time.</summary>
    /// <param name="type">The type on the wire.</param>
    /// <param name="guard">The longest wait in real time; 10 seconds by default.</param>
    /// <exception cref="TimeoutException">None did.</exception>
    public Task<ReceivedMessage> WaitForCommandAsync(string type, TimeSpan? guard = null)
        => _house.Log.WaitAsync(message => MessageLog.IsOfType(message, type), guard);

    /// <summary>Waits until a client has sent a message that meets a condition, at any time.</summary>
    /// <param name="condition">Asked for every message.</param>
    /// <param name="guard">The longest wait in real time; 10 seconds by default.</param>
    /// <exception cref="TimeoutException">None did.</exception>
    public Task<ReceivedMessage> WaitForMessageAsync(Func<ReceivedMessage, bool> condition, TimeSpan? guard = null)
        => _house.Log.WaitAsync(condition, guard);

    /// <summary>Drops all connections and stops listening; nobody gets in any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Faults.RefuseConnections = true;
        _house.Stop();
        if (_endpoint is not null) await _endpoint.DisposeAsync().ConfigureAwait(false);
    }

    private void Tell(string type, string domain, string service) => _house.Bus.Fire(HouseEvent.Of(
        type, new JsonObject { ["domain"] = domain, ["service"] = service }, _house.NewContext(), _house.Now));
}
