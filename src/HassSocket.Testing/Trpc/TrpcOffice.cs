using HassSocket.Testing.Simulator;

namespace HassSocket.Testing.Trpc;

/// <summary>The server behind the door: its procedures, its connections, one piece of work at a time.</summary>
internal sealed class TrpcOffice
{
    private readonly Lock _gate = new();
    private readonly List<TrpcConnection> _connections = [];

    public TrpcOffice(FakeTrpcServerOptions options)
    {
        Options = options;
        Faults = new FakeTrpcFaults(this);
        Messages = new TrpcMessages(options.SuperJson);
    }

    public FakeTrpcServerOptions Options { get; }

    public TimeProvider Time => Options.TimeProvider;

    public FakeTrpcFaults Faults { get; }

    public Ticks Ticks { get; } = new();

    public TrpcMessages Messages { get; }

    public ProcedureTable Procedures { get; } = new();

    public MessageLog Log { get; } = new();

    public CallLog Calls { get; } = new();

    /// <summary>The procedures whose answers are kept for ever; within a piece of work only.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Whether new connections meet a dead line.</summary>
    public bool IsBlackHole { get; set; }

    /// <summary>Decides about a connection.</summary>
    public Func<FakeTrpcConnection, Task>? Admit { get; set; }

    public IReadOnlyList<TrpcConnection> Connections
    {
        get
        {
            lock (_gate) return [.. _connections];
        }
    }

    /// <summary>Takes a new socket in; the task ends with the connection.</summary>
    public Task ServeAsync(IServerSocket socket, TrpcDial dial)
    {
        TrpcConnection connection;
        lock (_gate)
        {
            connection = new TrpcConnection(this, _connections.Count + 1, socket, dial);
            _connections.Add(connection);
        }

        if (IsBlackHole) connection.Face.BlackHole = true;
        return connection.RunAsync();
    }
}
