namespace HassSocket;

/// <summary>How a connection behaves; validated and copied when the connection is made, later changes have no effect.</summary>
public abstract class ConnectionOptions
{
    /// <summary>The name of this connection in logs and metrics, so that several can be told apart.</summary>
    /// <value>Default: empty.</value>
    public string Name { get; set; } = "";

    /// <summary>The shortest time between two attempts, doubled at every failure.</summary>
    /// <value>Default: 1 s.</value>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts.</summary>
    /// <value>Default: 60 s.</value>
    public TimeSpan MaxRetryInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a session must last before the waits between attempts start small again.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan StableAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time from name resolution to the finished upgrade; before that, a token provider may take as long.</summary>
    /// <value>Default: 10 s.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time that the handshake may take.</summary>
    /// <value>Default: 10 s.</value>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a command waits for its answer, from the write; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan ExpectResponseAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a command waits to be written, from the call; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan WaitForReady { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many commands may wait to be written; one more fails at once.</summary>
    /// <value>Default: 16,384.</value>
    public int MaxWaitingCommands { get; set; } = 16_384;

    /// <summary>How many commands may be on the wire without an answer; more wait their turn.</summary>
    /// <value>Default: 1,024, a quarter of what known servers queue before they hang up.</value>
    public int MaxInFlight { get; set; } = 1_024;

    /// <summary>How long the line may be quiet before it is pinged.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a sign of life may take from the moment the ping is due.</summary>
    /// <value>Default: 15 s.</value>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Messages a second that are warned of, once an episode; <see cref="double.PositiveInfinity"/> disables.</summary>
    /// <value>Default: 300.</value>
    public double SocketWarnRequestsPerSec { get; set; } = 300;

    /// <summary>Messages a second that stop the connection; <see cref="double.PositiveInfinity"/> disables.</summary>
    /// <value>Default: 500.</value>
    public double SocketCrashRequestsPerSec { get; set; } = 500;

    /// <summary>The time over which the rate of messages is averaged.</summary>
    /// <value>Default: 5 s.</value>
    public TimeSpan SocketAvgDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What becomes of commands without a connection: <see cref="WhenUnavailable.Wait"/> or <see cref="WhenUnavailable.Fail"/>.</summary>
    /// <value>Default: <see cref="WhenUnavailable.Wait"/>.</value>
    public WhenUnavailable WhenDisconnected { get; set; } = WhenUnavailable.Wait;

    /// <summary>What becomes of commands during a pause: <see cref="WhenUnavailable.Fail"/> or <see cref="WhenUnavailable.Wait"/>.</summary>
    /// <value>Default: <see cref="WhenUnavailable.Fail"/>.</value>
    public WhenUnavailable WhenPaused { get; set; } = WhenUnavailable.Fail;

    /// <summary>Whether commands that wait at the same time leave in one frame.</summary>
    /// <value>Default: <see cref="BatchCommands.Auto"/>.</value>
    public BatchCommands BatchCommands { get; set; } = BatchCommands.Auto;

    /// <summary>The largest message that is accepted, decompressed, in bytes.</summary>
    /// <value>Default: 128 MiB.</value>
    public int MaxMessageBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Whether compression is offered; it costs the server more than it saves on a local network.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Compression { get; set; }

    /// <summary>Whether the socket is opened only when something needs it.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool OpenOnDemand { get; set; }

    /// <summary>With <see cref="OpenOnDemand"/>: how long a socket that nothing needs stays open.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan IdleCloseAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How <c>wss</c> servers are trusted.</summary>
    /// <value>Default: by the rules of the operating system.</value>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>Replaces the way of reconnecting: configures the Polly pipeline that runs connect, ready and stable as one execution.</summary>
    /// <value>Default: <see langword="null"/>, the built-in endless back-off. A pipeline that gives up means <see cref="ConnectionState.Faulted"/>.</value>
    public Action<Polly.ResiliencePipelineBuilder>? ConfigureReconnect { get; set; }

    /// <summary>Says what is wrong with these options, each in a sentence a person can act on.</summary>
    /// <returns>Nothing when they are right.</returns>
    public virtual IEnumerable<string> Validate() => Connections.ConnectionOptionsRules.Check(this);

    /// <summary>Copies these options, so that later changes of the original have no effect.</summary>
    /// <returns>A copy of the same type.</returns>
    protected internal ConnectionOptions Copy()
    {
        var copy = (ConnectionOptions)MemberwiseClone();
        copy.Tls = Tls?.Copy()!; // a null is for the rules to refuse
        return copy;
    }
}
