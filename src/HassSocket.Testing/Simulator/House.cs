using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The house behind the door: its rooms, one clock, one piece of work at a time.</summary>
internal sealed class House
{
    private readonly Lock _gate = new();
    private readonly List<ServerConnection> _connections = [];
    private readonly HashSet<ITimer> _timers = [];
    private readonly List<Task> _work = [];

    public House(HomeAssistantSimulator face, HomeAssistantSimulatorOptions options)
    {
        (Face, Options, Time) = (face, options, options.TimeProvider);
        States = new StateMachine(this);
        Caller = new ServiceCaller(this);
        Tokens = new TokenStore(Time);
        Users = new UserDirectory(Tokens);
        SignedPaths = new SignedPaths(this);
        Admission = new Admission(this);
        Answers = new AnswerFaults(this);
        Scripts = new ScriptPlayer(this);
        Lifecycle = new Lifecycle(this);
        Config = SeedReader.Config;
        Config["version"] = options.Version;
        Services.Seed(SeedReader.Services);
        HouseServices.TeachAll(this);
        History = new StateHistory(this);
        Logbook = new Logbook(this);
        History.Watch();
        Logbook.Watch();
        DerivedStates.Watch(this);
        if (!options.StartsEmpty) SeedStates();
    }

    public HomeAssistantSimulator Face { get; }

    public HomeAssistantSimulatorOptions Options { get; }

    public TimeProvider Time { get; }

    public Ticks Ticks { get; } = new();

    public EventBus Bus { get; } = new();

    public StateMachine States { get; }

    public ServiceTable Services { get; } = new();

    public ServiceCaller Caller { get; }

    public StateHistory History { get; }

    public Logbook Logbook { get; }

    public CommandTable Commands { get; } = new();

    public TokenStore Tokens { get; }

    public UserDirectory Users { get; }

    public SignedPaths SignedPaths { get; }

    public Admission Admission { get; }

    public Lifecycle Lifecycle { get; }

    public AnswerFaults Answers { get; }

    public HouseStorage Storage => field ??= new HouseStorage(this);

    public ScriptPlayer Scripts { get; }

    public MessageLog Log { get; } = new();

    public JsonObject Config { get; }

    /// <summary>Whether new connections meet a dead line.</summary>
    public bool IsBlackHole { get; set; }

    /// <summary>The time as Home Assistant counts it, in whole microseconds.</summary>
    public DateTimeOffset Now => IsoTime.WholeMicroseconds(Time.GetUtcNow());

    public IReadOnlyList<ServerConnection> Connections
    {
        get
        {
            lock (_gate) return [.. _connections];
        }
    }

    public SimulatedContext NewContext(string? userId = null) => new(Ulid.New(Now, Options.Random), UserId: userId);

    /// <summary>Takes a new socket in; the task ends with the connection.</summary>
    public Task ServeAsync(IServerSocket socket)
    {
        ServerConnection connection;
        lock (_gate)
        {
            connection = new ServerConnection(this, _connections.Count + 1, socket);
            _connections.Add(connection);
        }

        if (IsBlackHole) connection.Face.BlackHole = true;
        return connection.RunAsync();
    }

    /// <summary>Makes all tokens of a login worthless, and closes the connections that were opened with them.</summary>
    public void EndLogin(RefreshToken login)
    {
        Tokens.Remove(login);
        foreach (var connection in Connections.Where(connection => connection.Login == login)) connection.Close();
    }

    public void CloseAll(int code, string reason = "")
    {
        foreach (var connection in Connections) connection.Close(code, reason);
    }

    public void DropAll()
    {
        foreach (var connection in Connections) connection.Drop();
    }

    /// <summary>Does something after a while.</summary>
    public void After(TimeSpan delay, Action action)
    {
        ITimer? timer = null;
        timer = Time.CreateTimer(
            _ =>
            {
                lock (_gate) _timers.Remove(timer!);
                timer!.Dispose();
                Lifecycle.WhenAwake(action);
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        lock (_gate) _timers.Add(timer);
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keeps a task that nobody awaits until it has ended.</summary>
    public void Own(Task task)
    {
        lock (_gate)
        {
            _work.RemoveAll(done => done.IsCompleted);
            if (!task.IsCompleted) _work.Add(task);
        }
    }

    public void Stop()
    {
        DropAll();
        ITimer[] timers;
        lock (_gate) timers = [.. _timers];
        foreach (var timer in timers) timer.Dispose();
    }

    private void SeedStates()
    {
        foreach (var state in SeedReader.States)
        {
            States.Seed(
                state!["entity_id"]!.GetValue<string>(), state["state"]!.GetValue<string>(), state["attributes"]!.DeepClone().AsObject());
        }
    }
}
